package io.drover.driver.internal.domain;

import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program of its own: starts and ends a domain, and is killed at one change of the journal. */
final class KilledStartProgram {
  private KilledStartProgram() {}

  public static void main(String[] arguments) throws IOException {
    LocalDriver driver =
        new LocalDriver(
                DriverLayout.under(Path.of(arguments[0])),
                options(arguments[2]),
                new KillPoint(Integer.parseInt(arguments[3])))
            .start();
    Domain domain = driver.start(Files.readString(Path.of(arguments[1])), StartOptions.plain());
    domain.destroy();
    driver.close();
  }

  /** With another user for QEMU than root, or none. */
  static DriverOptions options(String user) {
    DriverOptions options = TestDriver.options();
    return user.equals("root") ? options : options.withQemuUser(user);
  }
}

package io.drover.driver.internal.domain;

import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A program of its own for tests: starts a definition, says so, and waits to be killed. A third
 * argument isolates it.
 */
final class DefinitionProgram {
  private DefinitionProgram() {}

  public static void main(String[] arguments) throws IOException {
    LocalDriver driver =
        TestDriver.open(DriverLayout.under(Path.of(arguments[0])), DriverOptions.defaults());
    StartOptions options = StartOptions.plain().withIsolated(arguments.length > 2);
    Domain domain = driver.start(Files.readString(Path.of(arguments[1])), options);
    System.out.println("started " + domain.pid());
    System.out.flush();
    domain.awaitEnd(Duration.ofMinutes(5));
  }
}

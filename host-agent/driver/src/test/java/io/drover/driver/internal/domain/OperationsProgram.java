package io.drover.driver.internal.domain;

import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.Applies;
import io.drover.contracts.operation.AttachDisk;
import io.drover.contracts.operation.CopyDisk;
import io.drover.contracts.operation.DetachDisk;
import io.drover.contracts.operation.LiveOperation;
import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.JobOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/**
 * A program of its own for tests, to be killed: attaches and detaches a disk of the one domain of a
 * root without end, and says so at each step; or copies a disk once.
 */
final class OperationsProgram {
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private OperationsProgram() {}

  /**
   * @param arguments the root; {@code cycles}, the image and how many; or {@code copy}, the image
   *     and the speed
   */
  public static void main(String[] arguments) {
    LocalDriver driver =
        TestDriver.open(DriverLayout.under(Path.of(arguments[0])), TestDriver.options());
    Domain domain = driver.domains().get(0);
    Path image = Path.of(arguments[2]);
    say("ready");
    if (arguments[1].equals("copy")) {
      Disk copy = OperatedGuest.disk(image, "sda", "scsi", "raw");
      run(domain, "copy", image, new CopyDisk("sda", copy, Long.parseLong(arguments[3])));
    } else {
      Disk disk = OperatedGuest.disk(image, "sdb", "scsi", "raw");
      for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
        run(domain, "attach", image, new AttachDisk(disk, Applies.LIVE));
        run(domain, "detach", image, new DetachDisk("sdb", Applies.LIVE));
      }
    }
    driver.close();
    say("finished");
  }

  /** What an earlier program has left half done may have ended either way by now. */
  private static void run(Domain domain, String what, Path image, LiveOperation<?> operation) {
    try {
      String id =
          what.equals("copy") ? "copy-" + image.getFileName() : UUID.randomUUID().toString();
      domain.submit(operation, JobOptions.of(id, "program")).await(DEADLINE).orElseThrow();
      say(what);
    } catch (ProblemException e) {
      say(what + " failed: " + e.getMessage());
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}

package io.drover.driver.internal.domain;

import io.drover.contracts.operation.Applies;
import io.drover.contracts.operation.AttachDisk;
import io.drover.contracts.operation.DetachDisk;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.ResizeDisk;
import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.JobOptions;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A program of its own: one operation on the one domain of a root, killed at one change of the
 * journal or of the persistent definition.
 */
final class KilledOperationProgram {
  private KilledOperationProgram() {}

  /**
   * @param arguments the root, the operation, the image of the disk {@code sdb}, the point; the
   *     operation's id is made of its name and the point
   */
  public static void main(String[] arguments) {
    KillPoint point = new KillPoint(Integer.parseInt(arguments[3]));
    LocalDriver driver =
        new LocalDriver(DriverLayout.under(Path.of(arguments[0])), TestDriver.options(), point)
            .start();
    Domain domain = driver.domains().get(0);
    domain
        .submit(
            operation(arguments[1], Path.of(arguments[2])),
            JobOptions.of(arguments[1] + arguments[3], "program"))
        .await(Duration.ofMinutes(1))
        .orElseThrow();
    driver.close();
  }

  static LiveOperation<?> operation(String name, Path image) {
    return switch (name) {
      case "attach" ->
          new AttachDisk(OperatedGuest.disk(image, "sdb", "scsi", "raw"), Applies.BOTH);
      case "detach" -> new DetachDisk("sdb", Applies.BOTH);
      case "resize" -> new ResizeDisk("sda", 2 * OperatedGuest.DISK_BYTES);
      default -> throw new IllegalArgumentException(name);
    };
  }
}

package io.drover.driver.internal.operation.disk;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.CopyDisk;
import io.drover.driver.internal.operation.OperationRun;
import io.drover.driver.internal.operation.RunningGuest;
import io.drover.driver.internal.qmp.BlockDevices;
import java.util.Optional;

/** Finds the disks of a running domain by their target's name, and what QEMU says of them. */
public final class Disks {
  private Disks() {}

  static Optional<Disk> find(DomainDefinition definition, String target) {
    return definition.devices(Disk.class).stream()
        .filter(disk -> disk.target().dev().equals(target))
        .findFirst();
  }

  /**
   * @throws ProblemException {@code NOT_FOUND} names the disks that there are
   */
  static Disk require(DomainDefinition definition, String target) {
    return find(definition, target)
        .orElseThrow(
            () ->
                new ProblemException(
                    ErrorCode.NOT_FOUND,
                    "The domain has no disk "
                        + target
                        + "; it has "
                        + definition.devices(Disk.class).stream()
                            .map(disk -> disk.target().dev())
                            .toList()
                        + "."));
  }

  /** The id of the disk's device in QEMU. */
  public static String alias(Disk disk) {
    String alias = disk.info().alias();
    if (alias == null) {
      throw new IllegalStateException("A disk of a running domain has an alias");
    }
    return alias;
  }

  /**
   * The node that a disk's device uses.
   *
   * @throws ProblemException {@code INVALID_STATE} for a drive that is empty or not QEMU's own
   */
  static BlockDevices.Used used(RunningGuest guest, Disk disk) {
    return guest
        .execute(BlockDevices.usedBy(alias(disk)))
        .filter(found -> !found.node().isEmpty())
        .orElseThrow(
            () ->
                new ProblemException(
                    ErrorCode.INVALID_STATE,
                    "The disk "
                        + disk.target().dev()
                        + " has no image that QEMU has open; insert a medium first."));
  }

  /** Refuses to change a disk that another operation is copying. */
  static void requireNotCopied(OperationRun run, String target) {
    boolean copied =
        run.others().stream()
            .anyMatch(each -> each instanceof CopyDisk copy && copy.target().equals(target));
    if (copied) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "The disk " + target + " is being copied; wait for the copy's end or abort it.");
    }
  }
}

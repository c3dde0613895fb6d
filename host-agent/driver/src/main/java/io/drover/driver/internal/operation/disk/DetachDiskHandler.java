package io.drover.driver.internal.operation.disk;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.DetachDisk;
import io.drover.contracts.operation.DiskDetached;
import io.drover.driver.internal.operation.OperationEnd;
import io.drover.driver.internal.operation.OperationHandler;
import io.drover.driver.internal.operation.OperationRun;
import io.drover.driver.internal.operation.RunningGuest;
import io.drover.driver.internal.qmp.BlockDevices;
import io.drover.driver.internal.qmp.QmpEvent;
import io.drover.driver.internal.qmp.QmpException;
import io.drover.driver.internal.qmp.QmpListener;
import java.time.Duration;

/**
 * Asks the guest to let go of a disk and removes what stands behind it once it has. A guest that
 * lets go of it later than it was waited for is heard by {@link RemovedDisks}.
 */
public final class DetachDiskHandler implements OperationHandler<DetachDisk, DiskDetached> {
  private final RemovedDisks removed;
  private final Duration patience;

  /**
   * @param patience how long the guest may take to let go of a disk, as libvirt's 5 s
   */
  public DetachDiskHandler(RemovedDisks removed, Duration patience) {
    this.removed = removed;
    this.patience = patience;
  }

  @Override
  public Class<DetachDisk> operation() {
    return DetachDisk.class;
  }

  @Override
  public boolean journalled() {
    return true;
  }

  @Override
  public OperationEnd<DiskDetached> handle(DetachDisk operation, OperationRun run) {
    RunningGuest guest = run.guest();
    DomainDefinition running = guest.live().definition();
    String target = operation.target();
    Disk disk = Disks.require(running, target);
    Disks.requireNotCopied(run, target);
    Pluggable.requireRemovable(disk);
    String alias = Disks.alias(disk);
    DiskDetached.Outcome outcome = DiskDetached.Outcome.REMOVED;
    if (guest.execute(BlockDevices.plugged()).contains(alias)) {
      outcome = ask(run, alias);
    }
    if (outcome != DiskDetached.Outcome.REMOVED) {
      return OperationEnd.of(new DiskDetached(target, outcome));
    }
    return removed(run, disk);
  }

  private OperationEnd<DiskDetached> removed(OperationRun run, Disk disk) {
    try {
      removed.close(run.guest(), disk);
    } catch (RuntimeException e) {
      run.leaveHalfDone();
      throw e;
    }
    return new OperationEnd<>(
        new DiskDetached(disk.target().dev(), DiskDetached.Outcome.REMOVED),
        live -> RemovedDisks.without(live, disk));
  }

  private DiskDetached.Outcome ask(OperationRun run, String alias) {
    RunningGuest guest = run.guest();
    try (QmpListener listener = guest.listen(event -> concerns(event, alias))) {
      try {
        guest.execute(BlockDevices.unplug(alias));
      } catch (ProblemException e) {
        if (e.code() == ErrorCode.QEMU_REFUSED) {
          // As when it is asked twice; QEMU has the device still, or it is just gone.
          return isPlugged(guest, alias)
              ? DiskDetached.Outcome.REFUSED
              : DiskDetached.Outcome.REMOVED;
        }
        run.leaveHalfDone();
        throw e;
      }
      Duration left = run.job().left();
      QmpEvent event = listener.await(left.compareTo(patience) < 0 ? left : patience);
      return event.name().equals("DEVICE_DELETED")
          ? DiskDetached.Outcome.REMOVED
          : DiskDetached.Outcome.REFUSED;
    } catch (QmpException e) {
      requireRunning(run);
      return isPlugged(guest, alias)
          ? DiskDetached.Outcome.TIMED_OUT
          : DiskDetached.Outcome.REMOVED;
    }
  }

  /** A driver that is being closed interrupts its threads; the next one finds out how it ended. */
  private static void requireRunning(OperationRun run) {
    if (Thread.currentThread().isInterrupted()) {
      run.leaveHalfDone();
      throw new ProblemException(ErrorCode.UNAVAILABLE, "The driver is being closed.");
    }
  }

  private static boolean isPlugged(RunningGuest guest, String alias) {
    return guest.execute(BlockDevices.plugged()).contains(alias);
  }

  private static boolean concerns(QmpEvent event, String alias) {
    return (event.name().equals("DEVICE_DELETED")
            || event.name().equals("DEVICE_UNPLUG_GUEST_ERROR"))
        && event.data().path("device").asText().equals(alias);
  }

  @Override
  public OperationEnd<DiskDetached> resume(DetachDisk operation, OperationRun run) {
    DomainDefinition running = run.guest().live().definition();
    boolean known = Disks.find(running, operation.target()).isPresent();
    return known
        ? handle(operation, run)
        : OperationEnd.of(new DiskDetached(operation.target(), DiskDetached.Outcome.REMOVED));
  }
}

package io.drover.driver.internal.domain;

import io.drover.driver.internal.operation.DomainOperations;
import io.drover.driver.internal.operation.OperationTable;
import io.drover.driver.internal.operation.disk.AttachDiskHandler;
import io.drover.driver.internal.operation.disk.CopyDiskHandler;
import io.drover.driver.internal.operation.disk.DetachDiskHandler;
import io.drover.driver.internal.operation.disk.DiskFiles;
import io.drover.driver.internal.operation.disk.DiskPlans;
import io.drover.driver.internal.operation.disk.RemovedDisks;
import io.drover.driver.internal.operation.disk.ResizeDiskHandler;
import io.drover.driver.internal.operation.input.SendKeyHandler;
import io.drover.driver.internal.operation.power.RebootHandler;
import io.drover.driver.internal.operation.power.ResetHandler;
import io.drover.driver.internal.operation.power.ResumeHandler;
import io.drover.driver.internal.operation.power.SuspendHandler;
import io.drover.driver.internal.qmp.QmpEvent;
import java.time.Duration;
import java.util.List;

/**
 * Who carries out the operations on running domains, and who follows the changes that guests make
 * by themselves. A new operation gets its line in {@link #of}.
 */
record LiveHandlers(OperationTable table, RemovedDisks removed) {
  /** libvirt's patience with a guest that is to let go of a device. */
  private static final Duration UNPLUG_PATIENCE = Duration.ofSeconds(5);

  private static final Duration TAKE_OVER_DEADLINE = Duration.ofMinutes(2);

  static LiveHandlers of(DiskPlans plans, DiskFiles files) {
    RemovedDisks removed = new RemovedDisks(plans, files);
    return new LiveHandlers(
        new OperationTable(
            List.of(
                new SuspendHandler(),
                new ResumeHandler(),
                new ResetHandler(),
                new RebootHandler(),
                new AttachDiskHandler(plans, files),
                new DetachDiskHandler(removed, UNPLUG_PATIENCE),
                new ResizeDiskHandler(),
                new CopyDiskHandler(plans, files),
                new SendKeyHandler())),
        removed);
  }

  /** QEMU has sent an event. Does not block. */
  void heard(QmpEvent event, DomainOperations operations) {
    if (event.name().equals("DEVICE_DELETED") && event.data().has("device")) {
      look(operations);
    }
  }

  /** Takes over what guests have let go of while nobody was watching. Does not block. */
  void look(DomainOperations operations) {
    operations.follow("device-removed", TAKE_OVER_DEADLINE, removed::takeOver);
  }
}

package io.drover.driver.internal.operation.disk;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.operation.Applies;
import io.drover.contracts.operation.DetachDisk;
import io.drover.contracts.operation.DiskDetached;
import io.drover.driver.internal.operation.LateEffects;
import io.drover.driver.internal.operation.OperationRun;
import io.drover.driver.internal.operation.RunningGuest;
import io.drover.driver.internal.qmp.BlockDevices;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What remains of disks whose devices are gone: their nodes, the owners of their files. */
public final class RemovedDisks {
  private static final Logger LOG = LoggerFactory.getLogger(RemovedDisks.class);
  private final DiskPlans plans;
  private final DiskHandover handover;

  public RemovedDisks(DiskPlans plans, DiskFiles files) {
    this.plans = plans;
    this.handover = new DiskHandover(files);
  }

  /** Closes the images of a disk whose device is gone, and restores the owners of its files. */
  void close(RunningGuest guest, Disk disk) {
    RunningGuest.Live live = guest.live();
    PluggedDisk.close(guest, plans.parts(live.definition(), disk, guest.folder()), List.of());
    handover.takeBack(live, disk, without(live.definition(), disk));
  }

  /** What is journalled then. */
  static RunningGuest.Live without(RunningGuest.Live live, Disk disk) {
    DomainDefinition left = without(live.definition(), disk);
    return DiskHandover.restored(live, disk, left).withDefinition(left);
  }

  private static DomainDefinition without(DomainDefinition definition, Disk disk) {
    List<Device> devices = new ArrayList<>(definition.devices());
    devices.removeIf(
        each -> each instanceof Disk other && other.target().dev().equals(disk.target().dev()));
    return definition.withDevices(devices);
  }

  /** Takes over that a guest has let go of disks that nobody waits for any more. */
  public void takeOver(OperationRun run) {
    RunningGuest guest = run.guest();
    Set<String> plugged = guest.execute(BlockDevices.plugged());
    for (Disk disk : guest.live().definition().devices(Disk.class)) {
      String bus = disk.target().bus();
      boolean pluggable = bus != null && Set.of("virtio", "scsi", "usb").contains(bus);
      if (pluggable && !plugged.contains(Disks.alias(disk))) {
        close(guest, disk);
        String target = disk.target().dev();
        LateEffects.take(
            run,
            new DetachDisk(target, Applies.LIVE),
            new DiskDetached(target, DiskDetached.Outcome.REMOVED),
            live -> without(live, disk));
        LOG.info("The guest of domain {} has released the disk {}", guest.name(), target);
      }
    }
  }
}

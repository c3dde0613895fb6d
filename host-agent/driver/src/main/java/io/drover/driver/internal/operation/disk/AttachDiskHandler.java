package io.drover.driver.internal.operation.disk;

import io.drover.contracts.definition.DeviceXml;
import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.AttachDisk;
import io.drover.contracts.operation.DiskAttached;
import io.drover.driver.internal.folder.OriginalOwner;
import io.drover.driver.internal.operation.OperationEnd;
import io.drover.driver.internal.operation.OperationHandler;
import io.drover.driver.internal.operation.OperationRun;
import io.drover.driver.internal.operation.RunningGuest;
import io.drover.driver.internal.operation.disk.DiskPlans.Opening;
import io.drover.driver.internal.qmp.BlockDevices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plugs a disk. What is to be plugged is journalled before QEMU hears of it; whether QEMU has the
 * device decides, after a failure or a kill, whether it is finished or undone.
 */
public final class AttachDiskHandler implements OperationHandler<AttachDisk, DiskAttached> {
  private final DiskPlans plans;
  private final DiskHandover handover;

  public AttachDiskHandler(DiskPlans plans, DiskFiles files) {
    this.plans = plans;
    this.handover = new DiskHandover(files);
  }

  @Override
  public Class<AttachDisk> operation() {
    return AttachDisk.class;
  }

  @Override
  public boolean journalled() {
    return true;
  }

  @Override
  public OperationEnd<DiskAttached> handle(AttachDisk operation, OperationRun run) {
    RunningGuest guest = run.guest();
    DomainDefinition running = guest.live().definition();
    operation.changed(running); // the target is free
    Pluggable.require(operation.disk());
    Disk completed = plans.complete(running, operation.disk());
    int number = NodeIndexes.next(guest.live());
    Disk disk = NodeIndexes.numbered(completed, number);
    Opening opening = plans.opening(running, disk, guest.folder());
    Pluggable.require(disk, opening.part());
    List<OriginalOwner> owners = handover.owners(disk);
    guest.change(
        live ->
            run.noted(
                DiskHandover.given(live, owners),
                Map.of(NodeIndexes.NOTED_DISK, DeviceXml.write(disk))));
    try {
      handover.give(owners);
      PluggedDisk.open(guest, opening);
      guest.execute(BlockDevices.plug(opening.part().devices().get(0).members()));
    } catch (RuntimeException e) {
      undo(run, disk, e);
      throw e;
    }
    return attached(disk);
  }

  private static OperationEnd<DiskAttached> attached(Disk disk) {
    return new OperationEnd<>(
        new DiskAttached(disk.target().dev(), Disks.alias(disk)),
        live -> live.withDefinition(with(live.definition(), disk)));
  }

  private static DomainDefinition with(DomainDefinition definition, Disk disk) {
    List<Device> devices = new ArrayList<>(definition.devices());
    // Of a run whose end could not be journalled.
    devices.removeIf(each -> each instanceof Disk known && known.target().equals(disk.target()));
    devices.add(disk);
    return definition.withDevices(devices);
  }

  private void undo(OperationRun run, Disk disk, RuntimeException cause) {
    try {
      if (plugged(run.guest(), disk)) {
        run.leaveHalfDone(); // QEMU has it after all: it is attached when that is journalled
      } else {
        remove(run, disk);
      }
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
      run.leaveHalfDone();
    }
  }

  private void remove(OperationRun run, Disk disk) {
    RunningGuest guest = run.guest();
    RunningGuest.Live live = guest.live();
    PluggedDisk.close(
        guest,
        plans.parts(live.definition(), disk, guest.folder()),
        List.of(DiskKeys.id(Disks.alias(disk))));
    handover.takeBack(live, disk, live.definition());
    guest.change(each -> DiskHandover.restored(each, disk, each.definition()));
  }

  private static boolean plugged(RunningGuest guest, Disk disk) {
    return guest.execute(BlockDevices.plugged()).contains(Disks.alias(disk));
  }

  @Override
  public OperationEnd<DiskAttached> resume(AttachDisk operation, OperationRun run) {
    Optional<Disk> noted =
        run.note(NodeIndexes.NOTED_DISK).map(text -> DeviceXml.read(text, Disk.class));
    if (noted.isPresent() && plugged(run.guest(), noted.get())) {
      return attached(noted.get());
    }
    noted.ifPresent(disk -> settled(run, disk));
    throw new ProblemException(
        ErrorCode.UNAVAILABLE,
        "The disk "
            + operation.disk().target().dev()
            + " was not attached, because the driver was ended meanwhile; try again.");
  }

  private void settled(OperationRun run, Disk disk) {
    try {
      remove(run, disk);
    } catch (RuntimeException e) {
      run.leaveHalfDone();
      throw e;
    }
  }
}

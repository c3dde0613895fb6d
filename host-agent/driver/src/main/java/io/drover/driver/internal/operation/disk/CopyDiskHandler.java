package io.drover.driver.internal.operation.disk;

import io.drover.contracts.definition.DeviceXml;
import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.CopyDisk;
import io.drover.contracts.operation.DiskCopied;
import io.drover.definition.argv.option.DevicePart;
import io.drover.driver.internal.folder.OriginalOwner;
import io.drover.driver.internal.operation.OperationEnd;
import io.drover.driver.internal.operation.OperationHandler;
import io.drover.driver.internal.operation.OperationRun;
import io.drover.driver.internal.operation.RunningGuest;
import io.drover.driver.internal.operation.disk.DiskPlans.Opening;
import io.drover.driver.internal.qmp.BlockDevices;
import io.drover.driver.internal.qmp.BlockJobs;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Copies a disk's image to another one and has the guest use that, by QEMU's mirror. The image that
 * the disk's device uses tells, after a failure or a kill, whether the copy has taken its place.
 */
public final class CopyDiskHandler implements OperationHandler<CopyDisk, DiskCopied> {
  private final DiskPlans plans;
  private final DiskHandover handover;

  public CopyDiskHandler(DiskPlans plans, DiskFiles files) {
    this.plans = plans;
    this.handover = new DiskHandover(files);
  }

  @Override
  public Class<CopyDisk> operation() {
    return CopyDisk.class;
  }

  @Override
  public boolean journalled() {
    return true;
  }

  @Override
  public OperationEnd<DiskCopied> handle(CopyDisk operation, OperationRun run) {
    RunningGuest guest = run.guest();
    DomainDefinition running = guest.live().definition();
    Disk disk = Disks.require(running, operation.target());
    DiskImage image = Copyable.destination(operation);
    Copyable.require(disk);
    BlockDevices.Used used = Disks.used(guest, disk);
    DiskImage resolved = plans.resolve(disk, image);
    Copyable.requireUnused(running, resolved);
    Disk copy = NodeIndexes.numbered(disk.withImage(resolved), NodeIndexes.next(guest.live()));
    Opening opening = plans.opening(running, copy, guest.folder());
    List<OriginalOwner> owners = handover.owners(copy);
    guest.change(
        live ->
            run.noted(
                DiskHandover.given(live, owners),
                Map.of(NodeIndexes.NOTED_DISK, DeviceXml.write(copy))));
    try {
      handover.give(owners);
      PluggedDisk.open(guest, opening);
      String top = PluggedDisk.top(opening.part());
      Copyable.requireRoom(used.sizeBytes(), guest.execute(BlockDevices.nodes()), top);
      guest.execute(
          BlockJobs.mirror(MirrorJob.id(copy), used.node(), top, operation.bytesPerSecond()));
    } catch (RuntimeException e) {
      undo(run, copy, e);
      throw e;
    }
    return follow(run, disk, copy);
  }

  /** Waits for QEMU's job, and does what its end asks for. */
  private OperationEnd<DiskCopied> follow(OperationRun run, Disk disk, Disk copy) {
    MirrorJob job = new MirrorJob(run, MirrorJob.id(copy));
    BlockJobs.Status last;
    boolean switched;
    try {
      last = job.follow();
      switched = uses(run.guest(), disk, copy);
      job.dismiss();
    } catch (RuntimeException e) {
      run.leaveHalfDone(); // it goes on in QEMU
      throw e;
    }
    if (switched) {
      return switched(run, disk, copy, last.done());
    }
    ProblemException failure = job.failure(last, disk.target().dev());
    undo(run, copy, failure);
    throw failure;
  }

  private boolean uses(RunningGuest guest, Disk disk, Disk copy) {
    String top = PluggedDisk.top(parts(guest, copy));
    return Disks.used(guest, disk).node().equals(top);
  }

  private DevicePart parts(RunningGuest guest, Disk disk) {
    return plans.parts(guest.live().definition(), disk, guest.folder());
  }

  private OperationEnd<DiskCopied> switched(OperationRun run, Disk disk, Disk copy, long bytes) {
    RunningGuest guest = run.guest();
    String target = disk.target().dev();
    try {
      PluggedDisk.close(guest, parts(guest, disk), List.of());
      RunningGuest.Live live = guest.live();
      handover.takeBack(live, disk, with(live.definition(), target, copy));
    } catch (RuntimeException e) {
      run.leaveHalfDone();
      throw e;
    }
    return new OperationEnd<>(
        new DiskCopied(target, bytes),
        live -> {
          DomainDefinition next = with(live.definition(), target, copy);
          return DiskHandover.restored(live, disk, next).withDefinition(next);
        });
  }

  private static DomainDefinition with(DomainDefinition definition, String target, Disk copy) {
    return definition.withEach(
        Disk.class,
        each -> each.target().dev().equals(target) ? each.withImage(copy.image()) : each);
  }

  private void undo(OperationRun run, Disk copy, RuntimeException cause) {
    RunningGuest guest = run.guest();
    try {
      if (guest.execute(BlockJobs.find(MirrorJob.id(copy))).isPresent()) {
        run.leaveHalfDone(); // QEMU has begun it after all
        return;
      }
      PluggedDisk.close(guest, parts(guest, copy), List.of(DiskKeys.id(Disks.alias(copy))));
      RunningGuest.Live live = guest.live();
      handover.takeBack(live, copy, live.definition());
      guest.change(each -> DiskHandover.restored(each, copy, each.definition()));
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
      run.leaveHalfDone();
    }
  }

  @Override
  public OperationEnd<DiskCopied> resume(CopyDisk operation, OperationRun run) {
    RunningGuest guest = run.guest();
    Optional<Disk> noted =
        run.note(NodeIndexes.NOTED_DISK).map(text -> DeviceXml.read(text, Disk.class));
    Optional<Disk> disk = Disks.find(guest.live().definition(), operation.target());
    if (noted.isEmpty() || disk.isEmpty()) {
      throw notBegun(operation);
    }
    Disk copy = noted.get();
    if (guest.execute(BlockJobs.find(MirrorJob.id(copy))).isPresent()) {
      return follow(run, disk.get(), copy);
    }
    if (uses(guest, disk.get(), copy)) {
      return switched(run, disk.get(), copy, 0);
    }
    ProblemException failure = notBegun(operation);
    undo(run, copy, failure);
    throw failure;
  }

  private static ProblemException notBegun(CopyDisk operation) {
    return new ProblemException(
        ErrorCode.UNAVAILABLE,
        "The disk "
            + operation.target()
            + " was not copied, because the driver was ended before QEMU had begun; try again.");
  }
}

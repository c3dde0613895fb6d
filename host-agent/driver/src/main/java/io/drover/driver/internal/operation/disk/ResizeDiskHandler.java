package io.drover.driver.internal.operation.disk;

import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.DiskResized;
import io.drover.contracts.operation.ResizeDisk;
import io.drover.driver.internal.operation.OperationEnd;
import io.drover.driver.internal.operation.OperationHandler;
import io.drover.driver.internal.operation.OperationRun;
import io.drover.driver.internal.qmp.BlockDevices;

/** Grows a disk; QEMU resizes the image and tells the guest. */
public final class ResizeDiskHandler implements OperationHandler<ResizeDisk, DiskResized> {
  @Override
  public Class<ResizeDisk> operation() {
    return ResizeDisk.class;
  }

  @Override
  public boolean journalled() {
    return true;
  }

  @Override
  public OperationEnd<DiskResized> handle(ResizeDisk operation, OperationRun run) {
    String target = operation.target();
    Disk disk = Disks.require(run.guest().live().definition(), target);
    Disks.requireNotCopied(run, target);
    if (disk.readonly()) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE, "The disk " + target + " is read-only; it keeps its size.");
    }
    BlockDevices.Used used = Disks.used(run.guest(), disk);
    if (operation.sizeBytes() < used.sizeBytes()) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "The disk "
              + target
              + " has "
              + used.sizeBytes()
              + " bytes and is not shrunk to "
              + operation.sizeBytes()
              + "; give a larger size.");
    }
    if (operation.sizeBytes() > used.sizeBytes()) {
      run.guest().execute(BlockDevices.resize(used.node(), operation.sizeBytes()));
    }
    return OperationEnd.of(new DiskResized(target, operation.sizeBytes()));
  }

  /** The size says whether it is done. */
  @Override
  public OperationEnd<DiskResized> resume(ResizeDisk operation, OperationRun run) {
    return handle(operation, run);
  }
}

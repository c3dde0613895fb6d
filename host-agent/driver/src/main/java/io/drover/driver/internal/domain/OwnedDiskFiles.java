package io.drover.driver.internal.domain;

import io.drover.driver.internal.folder.FileOwnership;
import io.drover.driver.internal.folder.HostFileAccess;
import io.drover.driver.internal.folder.OriginalOwner;
import io.drover.driver.internal.operation.disk.DiskFiles;
import java.nio.file.Path;
import java.util.List;

/** The files of disks that come and go, by the rules of those that a start gives away. */
record OwnedDiskFiles(FileOwnership ownership, HostFileAccess access) implements DiskFiles {
  @Override
  public List<OriginalOwner> owners(List<Path> files) {
    return ownership.owners(files);
  }

  @Override
  public boolean readable(Path file) {
    return access.readable(file);
  }

  @Override
  public void give(List<OriginalOwner> files) {
    ownership.chown(files);
  }

  @Override
  public void restore(List<OriginalOwner> files) {
    ownership.restore(files);
  }
}

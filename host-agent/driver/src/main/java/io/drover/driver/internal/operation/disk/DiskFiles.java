package io.drover.driver.internal.operation.disk;

import io.drover.driver.internal.folder.OriginalOwner;
import java.nio.file.Path;
import java.util.List;

/** Gives the files of disks to QEMU's user while a domain has them. */
public interface DiskFiles {
  /** The owners of what exists and is not QEMU's already; to be journalled before {@link #give}. */
  List<OriginalOwner> owners(List<Path> files);

  /** Whether QEMU's user may read the file as it is. */
  boolean readable(Path file);

  void give(List<OriginalOwner> files);

  /** Restores the owners of what is still there. */
  void restore(List<OriginalOwner> files);
}

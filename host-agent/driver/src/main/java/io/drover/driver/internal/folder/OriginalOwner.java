package io.drover.driver.internal.folder;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file, and the user and group that owned it before QEMU's user did.
 *
 * @param identity which file that was; null when an older driver has recorded it
 */
public record OriginalOwner(Path file, long uid, long gid, @Nullable FileIdentity identity) {
  /**
   * A file apart from its name.
   *
   * @param mode its type and its permission bits, as stat(2) has them
   */
  public record FileIdentity(long device, long inode, int mode) {
    private static final int TYPE = 0170000;

    /** A number alone may be another file's by now, once the first was removed. */
    boolean isSameFile(FileIdentity other) {
      return device == other.device && inode == other.inode && (mode & TYPE) == (other.mode & TYPE);
    }
  }

  /** As an older driver has recorded it. */
  public OriginalOwner(Path file, long uid, long gid) {
    this(file, uid, gid, null);
  }
}

package io.drover.driver.internal.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import jnr.constants.platform.Errno;
import jnr.constants.platform.OpenFlags;
import jnr.posix.FileStat;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;

/**
 * The file that a path named when this was made, without following a link: what the path becomes
 * meanwhile, as in a folder that somebody else may write, does not matter. Opening it has no effect
 * on it, whatever it is.
 */
final class NamedFile implements AutoCloseable {
  private static final int O_PATH = 0x200000;
  private static final int O_CLOEXEC = 0x80000;
  private static final int PERMISSIONS = 07777;

  private final POSIX posix;
  private final int descriptor;
  private final Path path;
  private final Path itself;

  private NamedFile(POSIX posix, int descriptor, Path path) {
    this.posix = posix;
    this.descriptor = descriptor;
    this.path = path;
    this.itself = Path.of("/proc/self/fd/" + descriptor);
  }

  /** Empty when there is no such file. */
  static Optional<NamedFile> open(Path path) throws IOException {
    POSIX posix = POSIXFactory.getNativePOSIX();
    int flags = O_PATH | O_CLOEXEC | OpenFlags.O_NOFOLLOW.intValue();
    int descriptor = posix.open(path.toString(), flags, 0);
    if (descriptor >= 0) {
      return Optional.of(new NamedFile(posix, descriptor, path));
    }
    if (posix.errno() == Errno.ENOENT.intValue()) {
      return Optional.empty();
    }
    throw new IOException(path + " cannot be opened: errno " + posix.errno());
  }

  /** Its owner now. */
  OriginalOwner owner() {
    FileStat found = posix.fstat(descriptor);
    return new OriginalOwner(
        path,
        found.uid(),
        found.gid(),
        new OriginalOwner.FileIdentity(found.dev(), found.ino(), found.mode()));
  }

  /** A link has no owner that matters, and what it leads to is not meant. */
  void own(long uid, long gid) throws IOException {
    if (!posix.fstat(descriptor).isSymlink()) {
      Files.setAttribute(itself, "unix:uid", Math.toIntExact(uid));
      Files.setAttribute(itself, "unix:gid", Math.toIntExact(gid));
    }
  }

  void permit(int mode) throws IOException {
    Files.setAttribute(itself, "unix:mode", mode & PERMISSIONS);
  }

  @Override
  public void close() {
    posix.close(descriptor);
  }
}

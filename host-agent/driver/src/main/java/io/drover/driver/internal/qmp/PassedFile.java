package io.drover.driver.internal.qmp;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.nio.file.Path;
import jnr.constants.platform.OpenFlags;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;

/** A file opened here to be given to QEMU, which then needs no right to open it. */
public final class PassedFile implements AutoCloseable {
  private static final int O_CLOEXEC = 0x80000;
  private final POSIX posix;
  private final int descriptor;

  private PassedFile(POSIX posix, int descriptor) {
    this.posix = posix;
    this.descriptor = descriptor;
  }

  public static PassedFile open(Path path, boolean writable) {
    POSIX posix = POSIXFactory.getNativePOSIX();
    int access = (writable ? OpenFlags.O_RDWR : OpenFlags.O_RDONLY).intValue();
    int descriptor = posix.open(path.toString(), access | O_CLOEXEC, 0);
    if (descriptor < 0) {
      throw new ProblemException(
          ErrorCode.HOST_RESOURCE_MISSING,
          "The file " + path + " cannot be opened: errno " + posix.errno() + ".");
    }
    return new PassedFile(posix, descriptor);
  }

  int descriptor() {
    return descriptor;
  }

  /** Closes our end; QEMU keeps its own. */
  @Override
  public void close() {
    posix.close(descriptor);
  }
}

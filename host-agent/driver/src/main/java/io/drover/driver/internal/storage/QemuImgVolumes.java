package io.drover.driver.internal.storage;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.ImageFile;
import io.drover.driver.NewVolume;
import io.drover.driver.SecretBytes;
import io.drover.driver.VolumeFiles;
import io.drover.driver.internal.process.UserIds;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import jnr.posix.FileStat;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;

/**
 * Makes and removes volume files. A volume appears under its name whole, on stable storage and
 * private to the driver (0600), or not at all; what a crash left behind under a temporary name is
 * removed by the next try. Calls block for as long as the copy takes; any thread may call.
 */
public final class QemuImgVolumes implements VolumeFiles {
  /** The unit of {@code st_blocks}, whatever the file system's is. */
  private static final long BLOCK = 512;

  private static final String UNFINISHED = ".unfinished";
  private final QemuImg qemuImg;
  private final LentFiles lent;

  /** As this program's own user. */
  public QemuImgVolumes(Duration deadline) {
    this(deadline, Optional.empty());
  }

  /**
   * @param deadline how long one copy may take before it is ended and undone
   * @param toolUser who reads images and writes what is copied from them
   */
  public QemuImgVolumes(Duration deadline, Optional<String> toolUser) {
    this.qemuImg = new QemuImg(deadline, toolUser);
    this.lent = new LentFiles(toolUser.map(UserIds::of));
  }

  @Override
  public void create(NewVolume volume, Optional<SecretBytes> key) {
    if (Files.exists(volume.path())) {
      return;
    }
    Path unfinished = volume.path().resolveSibling(volume.path().getFileName() + UNFINISHED);
    try {
      for (ImageFile image : volume.image().stream().toList()) {
        lent.letRead(image.path());
        requireFits(image, volume);
      }
      preparePrivateFile(unfinished);
      qemuImg.create(unfinished, volume.format(), volume.capacityBytes(), key);
      for (ImageFile image : volume.image().stream().toList()) {
        lent.give(unfinished);
        qemuImg.copyInto(image, unfinished, volume.format(), key);
        lent.takeBack(unfinished);
      }
      sync(unfinished);
      Files.move(unfinished, volume.path(), StandardCopyOption.ATOMIC_MOVE);
      sync(parent(volume.path()));
    } catch (IOException e) {
      discard(unfinished, e);
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The volume cannot be kept in " + parent(volume.path()) + "; check space and rights.",
          e);
    } catch (RuntimeException e) {
      discard(unfinished, e);
      throw e;
    }
  }

  @Override
  public void delete(Path path) {
    try {
      Files.deleteIfExists(path.resolveSibling(path.getFileName() + UNFINISHED));
      if (Files.deleteIfExists(path)) {
        sync(parent(path));
      }
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The volume " + path.getFileName() + " cannot be removed; check its rights.",
          e);
    }
  }

  @Override
  public long allocatedBytes(Path folder) {
    POSIX posix = POSIXFactory.getNativePOSIX();
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> allocated(posix, file)).sum();
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The folder " + folder + " cannot be read to count what its volumes take.",
          e);
    }
  }

  /** A file that has gone meanwhile takes nothing. */
  private static long allocated(POSIX posix, Path file) {
    FileStat stat = posix.allocateStat();
    return posix.stat(file.toString(), stat) == 0 ? stat.blocks() * BLOCK : 0;
  }

  private void requireFits(ImageFile image, NewVolume volume) {
    long needed = qemuImg.inspect(image).virtualSizeBytes();
    if (needed > volume.capacityBytes()) {
      throw new ProblemException(
          ErrorCode.LIMIT_EXCEEDED,
          "The image needs "
              + needed
              + " bytes and the volume has "
              + volume.capacityBytes()
              + "; ask for a volume at least as large as the image.");
    }
  }

  /** {@code qemu-img} keeps the mode of a file that exists, so it is never readable by others. */
  private static void preparePrivateFile(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static void sync(Path path) throws IOException {
    StandardOpenOption how =
        Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("A volume's path is absolute: " + path);
    }
    return parent;
  }

  private static void discard(Path unfinished, Exception cause) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}

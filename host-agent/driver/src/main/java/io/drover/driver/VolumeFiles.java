package io.drover.driver;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes and removes the files of volumes with {@code qemu-img}. Methods block; for any thread.
 *
 * <p>Errors are {@link io.drover.contracts.error.ProblemException}s.
 */
public interface VolumeFiles {
  /**
   * The volumes of this host.
   *
   * @param deadline how long one copy may take before it is ended and undone
   */
  static VolumeFiles of(Duration deadline) {
    return of(deadline, Optional.empty());
  }

  /**
   * The volumes of this host, whose images an unprivileged user reads: an image is a tenant's
   * bytes, and {@code qemu-img} may have faults that they use.
   *
   * @param deadline how long one copy may take before it is ended and undone
   * @param toolUser who looks at images and copies them, with no privileges; needs root. An image
   *     of root's is made readable for this user's group, folders above it let the user pass
   */
  static VolumeFiles of(Duration deadline, Optional<String> toolUser) {
    return DriverProvider.installed().volumeFiles(deadline, toolUser);
  }

  /**
   * Makes the volume. One that already exists is left as it is: a repeated command changes nothing.
   *
   * @param key encrypts the volume with LUKS when present; UTF-8 text, as QEMU asks of a passphrase
   * @throws io.drover.contracts.error.ProblemException {@code INVALID_REQUEST} for an image that is
   *     broken or reaches out of itself, {@code LIMIT_EXCEEDED} when the image is larger than the
   *     volume, {@code STORAGE_FAILED} or {@code TIMED_OUT} for the rest; nothing is left of the
   *     volume then
   */
  void create(NewVolume volume, Optional<SecretBytes> key);

  /**
   * How many bytes of its file system the files directly in the folder take; holes take none.
   *
   * @throws io.drover.contracts.error.ProblemException {@code STORAGE_FAILED} when the folder
   *     cannot be read
   */
  long allocatedBytes(Path folder);

  /** Removes the volume and what an interrupted creation left of it; absent is fine. */
  void delete(Path path);
}

package io.drover.driver;

import io.drover.contracts.definition.storage.DiskSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the driver learns what the volumes of pools are: from the program's own storage. */
@FunctionalInterface
public interface VolumeSource {
  /**
   * Finds a volume; may block up to a deadline of its own.
   *
   * @return empty when there is no such pool or volume, or the pool is not active
   */
  Optional<PoolVolume> find(String pool, String volume);

  /** For programs without pools. */
  static VolumeSource none() {
    return (pool, volume) -> Optional.empty();
  }

  /**
   * A volume as its pool has it; at least one of both is given.
   *
   * @param onHost the file, block device or image of a server; null when the host itself does not
   *     reach it
   * @param direct how QEMU reaches an iSCSI pool's volume without the host's kernel, with the
   *     pool's own login; null for pools of other kinds
   */
  record PoolVolume(@Nullable DiskSource onHost, DiskSource.@Nullable Network direct) {}
}

package io.drover.contracts.operation;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.drover.contracts.id.VolumeId;
import org.jspecify.annotations.Nullable;

/**
 * A disk has another size.
 *
 * @param target the disk's name
 * @param sizeBytes its capacity in bytes, as the guest sees it
 * @param volumeId the volume behind it; null for a disk that is none, and from an older agent
 */
@JsonTypeName("disk-resized")
public record DiskResized(String target, long sizeBytes, @Nullable VolumeId volumeId)
    implements LiveResult {
  /** Of a disk whose volume is not known, as to the driver. */
  public DiskResized(String target, long sizeBytes) {
    this(target, sizeBytes, null);
  }

  /** The same with the volume behind the disk. */
  public DiskResized withVolume(VolumeId volume) {
    return new DiskResized(target, sizeBytes, volume);
  }
}

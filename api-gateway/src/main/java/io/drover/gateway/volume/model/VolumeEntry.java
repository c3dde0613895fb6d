package io.drover.gateway.volume.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drover.contracts.id.ImageId;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.id.VolumeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the inventory's topic has of a volume; how it is, its events say, and whose it is, its
 * domain's definitions.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VolumeEntry(
    ProjectId projectId,
    String name,
    long sizeBytes,
    String format,
    @Nullable KeyId keyId,
    @Nullable ImageId imageId,
    Instant createdAt) {
  public static VolumeEntry of(Volume volume) {
    return new VolumeEntry(
        volume.projectId(),
        volume.name(),
        volume.sizeBytes(),
        volume.format(),
        volume.keyId(),
        volume.imageId(),
        volume.createdAt());
  }

  /** A volume that the database has forgotten. */
  public Volume forgotten(VolumeId id, String freeName, @Nullable ImageId knownImage) {
    return new Volume(
        id,
        projectId,
        freeName,
        sizeBytes,
        format,
        keyId,
        knownImage,
        null,
        Volume.State.requested(),
        createdAt,
        0);
  }
}

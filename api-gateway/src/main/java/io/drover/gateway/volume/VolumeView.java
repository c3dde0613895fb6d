package io.drover.gateway.volume;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drover.contracts.error.Problem;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.ImageId;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.VolumeId;
import io.drover.gateway.volume.model.Volume;
import io.drover.gateway.volume.model.VolumePhase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A volume as the API shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record VolumeView(
    VolumeId id,
    String name,
    VolumePhase phase,
    long sizeBytes,
    String format,
    boolean encrypted,
    @Nullable KeyId keyId,
    @Nullable ImageId imageId,
    @Nullable DomainId attachedTo,
    Volume.@Nullable Place host,
    @Nullable Problem lastProblem,
    Instant createdAt,
    long version) {
  static VolumeView of(Volume volume) {
    return new VolumeView(
        volume.id(),
        volume.name(),
        volume.phase(),
        volume.sizeBytes(),
        volume.format(),
        volume.keyId() != null,
        volume.keyId(),
        volume.imageId(),
        volume.attachedTo(),
        volume.state().host(),
        volume.state().lastProblem(),
        volume.createdAt(),
        volume.version());
  }
}

package io.drover.gateway.volume.store;

import io.drover.contracts.error.Problem;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.ImageId;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.id.VolumeId;
import io.drover.contracts.json.ContractJson;
import io.drover.gateway.volume.model.Volume;
import io.drover.gateway.volume.model.VolumePhase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity(name = "Volume")
@Table(name = "volumes")
@SuppressWarnings("NullAway.Init") // Persistence fills the fields.
class VolumeEntity {
  @Id UUID id;

  @Column(name = "project_id")
  UUID projectId;

  String name;

  @Column(name = "size_bytes")
  long sizeBytes;

  String format;

  @Column(name = "key_id")
  @Nullable UUID keyId;

  @Column(name = "image_id")
  @Nullable UUID imageId;

  @Column(name = "attached_to")
  @Nullable UUID attachedTo;

  @Enumerated(EnumType.STRING)
  VolumePhase phase;

  @Enumerated(EnumType.STRING)
  @Column(name = "restored_phase")
  @Nullable VolumePhase restoredPhase;

  long generation;

  @Column(name = "host_id")
  @Nullable UUID hostId;

  @Column(name = "host_name")
  @Nullable String hostName;

  @Column(name = "last_problem")
  @Nullable String lastProblem;

  @Column(name = "created_at")
  Instant createdAt;

  @Version long version;

  static VolumeEntity of(Volume volume) {
    VolumeEntity entity = new VolumeEntity();
    entity.id = volume.id().value();
    entity.projectId = volume.projectId().value();
    entity.name = volume.name();
    entity.sizeBytes = volume.sizeBytes();
    entity.format = volume.format();
    entity.keyId = volume.keyId() == null ? null : volume.keyId().value();
    entity.imageId = volume.imageId() == null ? null : volume.imageId().value();
    entity.createdAt = volume.createdAt();
    entity.apply(volume.state());
    return entity;
  }

  void apply(Volume.State state) {
    phase = state.phase();
    restoredPhase = state.restored();
    generation = state.generation();
    hostId = state.host() == null ? null : state.host().id().value();
    hostName = state.host() == null ? null : state.host().name();
    lastProblem =
        state.lastProblem() == null
            ? null
            : new String(ContractJson.write(state.lastProblem()), StandardCharsets.UTF_8);
  }

  Volume toModel() {
    return new Volume(
        new VolumeId(id),
        new ProjectId(projectId),
        name,
        sizeBytes,
        format,
        keyId == null ? null : new KeyId(keyId),
        imageId == null ? null : new ImageId(imageId),
        attachedTo == null ? null : new DomainId(attachedTo),
        state(),
        createdAt,
        version);
  }

  private Volume.State state() {
    Volume.Place host =
        hostId == null || hostName == null ? null : new Volume.Place(new HostId(hostId), hostName);
    Problem problem =
        lastProblem == null
            ? null
            : ContractJson.read(lastProblem.getBytes(StandardCharsets.UTF_8), Problem.class);
    return new Volume.State(phase, restoredPhase, generation, host, problem);
  }
}

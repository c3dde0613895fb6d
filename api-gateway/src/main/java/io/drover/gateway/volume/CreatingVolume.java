package io.drover.gateway.volume;

import io.drover.contracts.command.ImageSource;
import io.drover.contracts.command.PlaceVolume;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.OperationKind;
import io.drover.contracts.id.IdSource;
import io.drover.contracts.id.ImageId;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.id.VolumeId;
import io.drover.gateway.config.GatewayConfig;
import io.drover.gateway.operation.AcceptingOperation;
import io.drover.gateway.operation.model.Operation;
import io.drover.gateway.outbox.Outbox;
import io.drover.gateway.quota.ReservingQuota;
import io.drover.gateway.quota.model.QuotaAmounts;
import io.drover.gateway.request.Mutation;
import io.drover.gateway.request.ResourceNames;
import io.drover.gateway.volume.model.Volume;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Accepts a new volume; its key's id is made here, its key by the secrets-service. */
@ApplicationScoped
class CreatingVolume {
  private static final long MIN_BYTES = 1 << 20;
  private static final int SECTOR = 512;

  private final Volumes volumes;
  private final VolumeReferences references;
  private final ReservingQuota quota;
  private final AcceptingOperation accepting;
  private final Outbox outbox;
  private final IdSource ids;
  private final long maxBytes;

  /** What may be asked for; the defaults are qcow2 and encrypted. */
  record VolumeRequest(
      @NotNull(message = "is missing; give " + ResourceNames.PLAIN_FORM)
          @Pattern(regexp = ResourceNames.PLAIN, message = "is not of " + ResourceNames.PLAIN_FORM)
          String name,
      long sizeBytes,
      @Nullable @Pattern(regexp = "raw|qcow2", message = "must be raw or qcow2") String format,
      @Nullable Boolean encrypted,
      @Nullable ImageId imageId,
      @Nullable String nearVolume,
      @Nullable String nearDomain) {}

  CreatingVolume(
      Volumes volumes,
      VolumeReferences references,
      ReservingQuota quota,
      AcceptingOperation accepting,
      Outbox outbox,
      IdSource ids,
      GatewayConfig config) {
    this.volumes = volumes;
    this.references = references;
    this.quota = quota;
    this.accepting = accepting;
    this.outbox = outbox;
    this.ids = ids;
    this.maxBytes = config.maxVolumeBytes();
  }

  /** Within the caller's transaction. */
  Operation create(ProjectId project, VolumeRequest asked, Mutation mutation) {
    String name = asked.name();
    String format = asked.format() == null ? "qcow2" : asked.format();
    check(asked.sizeBytes());
    ImageSource source = asked.imageId() == null ? null : references.image(asked.imageId());
    if (volumes.find(project, name).isPresent()) {
      throw ResourceNames.taken("volume", name);
    }
    UUID near = references.near(project, asked.nearVolume(), asked.nearDomain()).orElse(null);
    quota.reserve(project, QuotaAmounts.ofVolume(asked.sizeBytes()));
    boolean encrypted = asked.encrypted() == null || asked.encrypted();
    Volume volume =
        new Volume(
            new VolumeId(ids.next()),
            project,
            name,
            asked.sizeBytes(),
            format,
            encrypted ? new KeyId(ids.next()) : null,
            asked.imageId(),
            null,
            Volume.State.requested(),
            mutation.startedAt(),
            0);
    volumes.add(volume);
    Operation operation =
        accepting.accept(
            new AcceptingOperation.Request(
                OperationKind.CREATE_VOLUME, project, volume.id().value(), name, mutation));
    outbox.command(
        new PlaceVolume(
            accepting.header(operation, mutation),
            name,
            volume.sizeBytes(),
            format,
            volume.keyId(),
            source,
            near));
    return operation;
  }

  private void check(long sizeBytes) {
    if (sizeBytes < MIN_BYTES || sizeBytes > maxBytes) {
      throw new ProblemException(
          ErrorCode.LIMIT_EXCEEDED,
          "The volume's size of "
              + sizeBytes
              + " bytes is not from "
              + MIN_BYTES
              + " to "
              + maxBytes
              + ".");
    }
    if (sizeBytes % SECTOR != 0) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "The volume's size of " + sizeBytes + " bytes is not a multiple of " + SECTOR + ".");
    }
  }
}

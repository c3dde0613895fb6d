package io.drover.agent.domain;

import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.id.SubjectId;
import io.drover.contracts.id.VolumeId;
import io.drover.contracts.message.EventSubject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the agent keeps of a domain that it was told to start; the driver knows nothing of tenants.
 *
 * @param generation of the start command; what runs belongs to this claim
 * @param volumes what its definition may open
 * @param startedAt when its CPUs were started; null until then and after the stop was announced
 */
record DomainRecord(
    DomainId domainId,
    ProjectId projectId,
    String name,
    long generation,
    OperationId startOperation,
    List<VolumeId> volumes,
    @Nullable Instant startedAt) {
  DomainRecord {
    volumes = List.copyOf(volumes);
  }

  /** An event that no command caused. */
  EventSubject about() {
    return about(null);
  }

  /** News of an operation; of none when it is null. */
  EventSubject about(@Nullable OperationId operation) {
    return new EventSubject(SubjectId.of(domainId), projectId, operation, generation);
  }

  DomainRecord withVolumes(List<VolumeId> open) {
    return new DomainRecord(domainId, projectId, name, generation, startOperation, open, startedAt);
  }

  DomainRecord started(Instant at) {
    return new DomainRecord(domainId, projectId, name, generation, startOperation, volumes, at);
  }

  DomainRecord stopped() {
    return new DomainRecord(domainId, projectId, name, generation, startOperation, volumes, null);
  }
}

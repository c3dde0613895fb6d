package io.drover.gateway.domain.model;

import io.drover.contracts.command.Resources;
import io.drover.contracts.command.VolumeAttachment;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.ProjectId;
import java.time.Instant;
import java.util.List;

/**
 * A domain: what the tenant defined, and how it is.
 *
 * @param definition libvirt domain XML, checked and with this id as its uuid
 * @param version of the row; also the ETag
 */
public record TenantDomain(
    DomainId id,
    ProjectId projectId,
    String name,
    String definition,
    Resources resources,
    List<VolumeAttachment> volumes,
    DomainConditions state,
    Instant createdAt,
    long version) {
  public TenantDomain {
    volumes = List.copyOf(volumes);
  }

  public DomainPhase phase() {
    return state.phase();
  }

  public TenantDomain withState(DomainConditions next) {
    return new TenantDomain(
        id, projectId, name, definition, resources, volumes, next, createdAt, version);
  }
}

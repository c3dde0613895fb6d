package io.drover.gateway.domain.model;

import io.drover.contracts.command.Resources;
import io.drover.contracts.command.VolumeAttachment;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.ProjectId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A domain: what the tenant defined, and how it is.
 *
 * @param definition libvirt domain XML, checked and with this id as its uuid; what the next start
 *     gets
 * @param liveDefinition what runs, where it differs from that; null otherwise
 * @param volumes what {@code definition} names
 * @param operatorDefined whether an operator has put something into the definition that tenants may
 *     not ask for, or has defined all of it
 * @param version of the row; also the ETag
 */
public record TenantDomain(
    DomainId id,
    ProjectId projectId,
    String name,
    String definition,
    @Nullable String liveDefinition,
    Resources resources,
    List<VolumeAttachment> volumes,
    boolean operatorDefined,
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
    return with(next, next.phase().atRest() ? null : liveDefinition);
  }

  /** The same by an event of before: what runs now is known already, and not from that event. */
  public TenantDomain withFormerState(DomainConditions next) {
    return with(next, liveDefinition);
  }

  private TenantDomain with(DomainConditions next, @Nullable String live) {
    return new TenantDomain(
        id,
        projectId,
        name,
        definition,
        live,
        resources,
        volumes,
        operatorDefined,
        next,
        createdAt,
        version);
  }

  /** What the next start gets, and what runs. */
  public DefinitionPair definitions() {
    return new DefinitionPair(definition, liveDefinition == null ? definition : liveDefinition);
  }

  /**
   * @param attachments what the definition of the next start names
   * @param beyondTenants whether it has what only an operator may have asked for
   */
  public TenantDomain withDefinitions(
      DefinitionPair next,
      Resources needed,
      List<VolumeAttachment> attachments,
      boolean beyondTenants) {
    boolean same = state.phase().atRest() || next.live().equals(next.config());
    return new TenantDomain(
        id,
        projectId,
        name,
        next.config(),
        same ? null : next.live(),
        needed,
        attachments,
        operatorDefined || beyondTenants,
        state,
        createdAt,
        version);
  }
}

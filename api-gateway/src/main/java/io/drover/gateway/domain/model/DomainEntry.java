package io.drover.gateway.domain.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drover.contracts.command.Resources;
import io.drover.contracts.command.VolumeAttachment;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.ProjectId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the inventory's topic has of a domain; how it is, its events say.
 *
 * @param desired what was asked for when this was written
 * @param liveDefinition what runs, where it differs from the definition; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DomainEntry(
    ProjectId projectId,
    String name,
    Desired desired,
    String definition,
    @Nullable String liveDefinition,
    Resources resources,
    List<VolumeAttachment> volumes,
    boolean operatorDefined,
    Instant createdAt) {
  /** Characters of both definitions that a record of a megabyte surely has room for. */
  private static final int MAX_CHARACTERS = 700_000;

  public DomainEntry {
    volumes = List.copyOf(volumes);
  }

  /** Without what runs where both are too large for one record: that ends with the run. */
  public static DomainEntry of(TenantDomain domain) {
    String live = domain.liveDefinition();
    boolean large = live != null && live.length() + domain.definition().length() > MAX_CHARACTERS;
    return new DomainEntry(
        domain.projectId(),
        domain.name(),
        domain.state().desired(),
        domain.definition(),
        large ? null : live,
        domain.resources(),
        domain.volumes(),
        domain.operatorDefined(),
        domain.createdAt());
  }

  /** A domain that the database has forgotten. */
  public TenantDomain forgotten(DomainId id, String freeName) {
    return domain(id, freeName, DomainConditions.defined(desired), 0);
  }

  /** A domain that the database has as it was before. */
  public TenantDomain applied(TenantDomain known) {
    return domain(known.id(), known.name(), known.state(), known.version());
  }

  private TenantDomain domain(DomainId id, String as, DomainConditions state, long version) {
    return new TenantDomain(
        id,
        projectId,
        as,
        definition,
        liveDefinition,
        resources,
        volumes,
        operatorDefined,
        state,
        createdAt,
        version);
  }
}

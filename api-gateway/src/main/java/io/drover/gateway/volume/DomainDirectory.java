package io.drover.gateway.volume;

import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.ProjectId;
import java.util.Optional;

/** Finds the domains that a volume may be near to; the domain package implements it. */
public interface DomainDirectory {
  /** By id or by name, in the transaction at hand. */
  Optional<KnownDomain> find(ProjectId project, String reference);

  /**
   * A domain.
   *
   * @param placed whether a host has it, or had it last
   */
  record KnownDomain(DomainId id, boolean placed) {}
}

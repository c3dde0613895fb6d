package io.drover.gateway.domain;

import io.drover.contracts.id.ProjectId;
import io.drover.gateway.volume.DomainDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Tells new volumes where domains are. */
@ApplicationScoped
class DomainLookup implements DomainDirectory {
  private final Domains domains;

  DomainLookup(Domains domains) {
    this.domains = domains;
  }

  @Override
  public Optional<KnownDomain> find(ProjectId project, String reference) {
    return domains
        .find(project, reference)
        .map(domain -> new KnownDomain(domain.id(), domain.state().host() != null));
  }
}

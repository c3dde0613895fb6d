package io.drover.gateway.domain;

import io.drover.gateway.domain.model.DomainConditions;
import io.drover.gateway.domain.model.TenantDomain;
import io.drover.gateway.host.HostReports;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Shows domains together with the age of what is known of them. */
@ApplicationScoped
class ShowingDomain {
  private final HostReports reports;
  private final InstantSource clock;

  ShowingDomain(HostReports reports, InstantSource clock) {
    this.reports = reports;
    this.clock = clock;
  }

  DomainView view(TenantDomain domain) {
    DomainConditions.AssignedHost host = domain.state().host();
    Optional<Instant> report =
        host == null ? Optional.empty() : reports.latest(host.id()).map(seen -> seen.at());
    return DomainView.at(domain, clock.instant(), report);
  }
}

package io.drover.gateway.domain;

import io.drover.contracts.report.HostState;
import io.drover.gateway.domain.model.DomainConditions;
import io.drover.gateway.domain.model.TenantDomain;
import io.drover.gateway.host.HostDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;

/** Shows domains together with the age of what is known of them. */
@ApplicationScoped
class ShowingDomain {
  private final HostDirectory hosts;
  private final InstantSource clock;

  ShowingDomain(HostDirectory hosts, InstantSource clock) {
    this.hosts = hosts;
    this.clock = clock;
  }

  DomainView view(TenantDomain domain) {
    DomainConditions.AssignedHost host = domain.state().host();
    Optional<HostState> known = host == null ? Optional.empty() : hosts.find(host.id());
    return DomainView.at(domain, clock.instant(), known);
  }
}

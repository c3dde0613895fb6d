package io.drover.gateway.domain;

import io.drover.contracts.event.Event;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.message.Envelope;
import io.drover.gateway.domain.model.DomainConditions;
import io.drover.gateway.domain.model.DomainPhase;
import io.drover.gateway.domain.model.DomainTransitions;
import io.drover.gateway.domain.model.TenantDomain;
import io.drover.gateway.volume.Volumes;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Moves domains on by events. */
@ApplicationScoped
public class DomainProjection {
  private final Domains domains;
  private final Volumes volumes;
  private final DomainStatePublisher publishing;

  DomainProjection(Domains domains, Volumes volumes, DomainStatePublisher publishing) {
    this.domains = domains;
    this.volumes = volumes;
    this.publishing = publishing;
  }

  /** Applies an event in the transaction at hand; false when its subject is no domain here. */
  public boolean apply(Envelope<?> envelope, Event event) {
    Optional<TenantDomain> found = domains.lock(DomainId.parse(envelope.subject()));
    if (found.isEmpty()) {
      return false;
    }
    TenantDomain domain = found.get();
    DomainConditions next =
        DomainTransitions.apply(domain.state(), envelope.generation(), event, envelope.time());
    if (next.equals(domain.state())) {
      return true;
    }
    if (next.phase() == DomainPhase.DELETED) {
      volumes.detach(domain.id());
      domains.remove(domain.id());
      publishing.withdraw(domain.id());
    } else {
      publishing.publish(domains.save(domain.withState(next)));
    }
    return true;
  }
}

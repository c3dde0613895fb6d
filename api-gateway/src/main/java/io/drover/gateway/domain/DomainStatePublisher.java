package io.drover.gateway.domain;

import io.drover.contracts.id.DomainId;
import io.drover.contracts.json.ContractJson;
import io.drover.gateway.domain.model.TenantDomain;
import io.drover.gateway.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;

/** Keeps the topic of the latest states. */
@ApplicationScoped
class DomainStatePublisher {
  private final Outbox outbox;

  DomainStatePublisher(Outbox outbox) {
    this.outbox = outbox;
  }

  void publish(TenantDomain domain) {
    outbox.state(domain.id(), ContractJson.write(DomainView.lasting(domain)));
  }

  void withdraw(DomainId domain) {
    outbox.state(domain, null);
  }
}

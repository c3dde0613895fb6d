package io.drover.gateway.domain;

import io.drover.contracts.id.DomainId;
import io.drover.contracts.message.ContractJson;
import io.drover.gateway.domain.model.Domain;
import io.drover.gateway.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;

/** Keeps the topic of the latest states. */
@ApplicationScoped
class PublishingState {
  private final Outbox outbox;

  PublishingState(Outbox outbox) {
    this.outbox = outbox;
  }

  void publish(Domain domain) {
    outbox.state(domain.id(), ContractJson.write(DomainView.lasting(domain)));
  }

  void withdraw(DomainId domain) {
    outbox.state(domain, null);
  }
}

package io.drover.scheduler.claim;

import io.drover.scheduler.feed.RecordDelivery;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** What hosts say about domains and volumes. */
@ApplicationScoped
class ClaimEventConsumer {
  private final RecordDelivery delivery;
  private final ClaimProjection useCase;

  ClaimEventConsumer(RecordDelivery delivery, ClaimProjection useCase) {
    this.delivery = delivery;
    this.useCase = useCase;
  }

  @Incoming("domain-events")
  @Blocking("domain-events")
  void receive(ConsumerRecord<String, byte[]> record) {
    delivery.deliver(record, useCase.types(), useCase::follow);
  }
}

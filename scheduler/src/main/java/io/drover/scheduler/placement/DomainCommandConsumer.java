package io.drover.scheduler.placement;

import io.drover.scheduler.feed.Delivery;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The gateway's commands. One of an unknown type is a dead letter: somebody waits for it. */
@ApplicationScoped
class DomainCommandConsumer {
  private final Delivery delivery;
  private final CommandProcessor useCase;

  DomainCommandConsumer(Delivery delivery, CommandProcessor useCase) {
    this.delivery = delivery;
    this.useCase = useCase;
  }

  @Incoming("domain-commands")
  @Blocking("domain-commands")
  void receive(ConsumerRecord<String, byte[]> record) {
    delivery.deliver(record, Set.of(), useCase::answer);
  }
}

package io.drover.scheduler.host;

import io.drover.contracts.message.MessageTypes;
import io.drover.contracts.report.HostReport;
import io.drover.scheduler.feed.Delivery;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Heartbeats of the hosts. */
@ApplicationScoped
class HostReportConsumer {
  private static final Set<String> TYPES = Set.of(MessageTypes.of(HostReport.class));

  private final Delivery delivery;
  private final RegisteringHost useCase;

  HostReportConsumer(Delivery delivery, RegisteringHost useCase) {
    this.delivery = delivery;
    this.useCase = useCase;
  }

  @Incoming("host-reports")
  @Blocking("host-reports")
  void receive(ConsumerRecord<String, byte[]> record) {
    delivery.deliver(record, TYPES, envelope -> useCase.register((HostReport) envelope.data()));
  }
}

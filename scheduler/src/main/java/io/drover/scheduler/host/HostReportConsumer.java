package io.drover.scheduler.host;

import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.MessageTypes;
import io.drover.contracts.message.UntrustedRecordException;
import io.drover.contracts.message.UntrustedRecordException.Reason;
import io.drover.contracts.report.HostReport;
import io.drover.scheduler.feed.RecordDelivery;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Heartbeats of the hosts. */
@ApplicationScoped
class HostReportConsumer {
  private static final Set<String> TYPES = Set.of(MessageTypes.of(HostReport.class));

  private final RecordDelivery delivery;
  private final RegisteringHost useCase;

  private final InstantSource clock;

  HostReportConsumer(RecordDelivery delivery, RegisteringHost useCase, InstantSource clock) {
    this.delivery = delivery;
    this.useCase = useCase;
    this.clock = clock;
  }

  @Incoming("host-reports")
  @Blocking("host-reports")
  void receive(ConsumerRecord<String, byte[]> record) {
    Instant appended = appended(record);
    delivery.deliver(record, TYPES, envelope -> useCase.register(own(envelope), appended));
  }

  /** By the broker's clock; where the topic keeps the producer's time, when it was read. */
  private Instant appended(ConsumerRecord<String, byte[]> record) {
    return record.timestampType() == TimestampType.LOG_APPEND_TIME
        ? Instant.ofEpochMilli(record.timestamp())
        : clock.instant();
  }

  private static HostReport own(Envelope<Object> envelope) {
    HostReport report = (HostReport) envelope.data();
    if (!EventSource.hostAgent(report.hostId()).published(envelope)) {
      throw new UntrustedRecordException(
          Reason.SOURCE,
          "%s reports host %s; an agent reports its own host alone, so look for one with a copied identity."
              .formatted(envelope.source(), report.hostId()));
    }
    return report;
  }
}

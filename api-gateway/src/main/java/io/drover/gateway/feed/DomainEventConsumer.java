package io.drover.gateway.feed;

import io.drover.contracts.message.RecordRetry;
import io.drover.gateway.feed.ApplyingEvent.Pass;
import io.drover.gateway.topic.TopicPositions.TopicPlace;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Reads the events of all parts in order. A record that cannot be applied becomes a dead letter;
 * while the database is unavailable the same record is tried again, so that none is passed over.
 */
@ApplicationScoped
class DomainEventConsumer {
  private final ApplyingEvent applying;
  private final RecallSweeper recall;
  private final EventProgress progress;
  private final RecordRetry retry;
  private final InstantSource clock;
  private final Timer lag;

  DomainEventConsumer(
      ApplyingEvent applying,
      RecallSweeper recall,
      EventProgress progress,
      RecordRetry retry,
      InstantSource clock,
      MeterRegistry metrics) {
    this.applying = applying;
    this.recall = recall;
    this.progress = progress;
    this.retry = retry;
    this.clock = clock;
    this.lag =
        Timer.builder("drover.events.lag")
            .description("From an event's record in Kafka to its effect in the inventory")
            .publishPercentiles(0.5, 0.99)
            .register(metrics);
  }

  @Incoming("domain-events")
  @Blocking
  void consume(ConsumerRecord<String, byte[]> record) throws InterruptedException {
    recall.awaitCaughtUp();
    TopicPlace place = new TopicPlace(record.topic(), record.partition());
    Pass pass = progress.isFormer(place, record.offset()) ? Pass.FORMER : Pass.NEW;
    progress.apply(place, record.offset(), () -> apply(record, pass));
    lag.record(Duration.between(Instant.ofEpochMilli(record.timestamp()), clock.instant()).abs());
  }

  private void apply(ConsumerRecord<String, byte[]> record, Pass pass) {
    ReceivedEvent received = received(record);
    String position = record.topic() + "-" + record.partition() + "@" + record.offset();
    try {
      retry.untilDone(position, () -> applying.apply(received, pass));
    } catch (RuntimeException e) {
      if (retry.isStopping()) {
        throw e;
      }
      retry.untilDone(position, () -> applying.deadLetter(received, e));
    }
  }

  static ReceivedEvent received(ConsumerRecord<String, byte[]> record) {
    return new ReceivedEvent(
        record.key() == null ? "" : record.key(),
        headers(record),
        record.value(),
        record.topic(),
        record.partition(),
        record.offset());
  }

  private static Map<String, byte[]> headers(ConsumerRecord<String, byte[]> record) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      if (header.value() != null) {
        headers.put(header.key(), header.value());
      }
    }
    return headers;
  }
}

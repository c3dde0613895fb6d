package io.drover.gateway.feed;

import io.drover.contracts.error.DatabaseUnavailable;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Reads the events of all parts in order. A record that cannot be applied becomes a dead letter;
 * while the database is unavailable the same record is tried again, so that none is passed over.
 */
@ApplicationScoped
class DomainEventConsumer {
  private static final Logger LOG = Logger.getLogger(DomainEventConsumer.class);
  private static final Duration FIRST_WAIT = Duration.ofMillis(50);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private final ApplyingEvent applying;
  private final InstantSource clock;
  private final Timer lag;
  private final CountDownLatch stopping = new CountDownLatch(1);

  DomainEventConsumer(ApplyingEvent applying, InstantSource clock, MeterRegistry metrics) {
    this.applying = applying;
    this.clock = clock;
    this.lag =
        Timer.builder("drover.events.lag")
            .description("From an event's record in Kafka to its effect in the inventory")
            .publishPercentiles(0.5, 0.99)
            .register(metrics);
  }

  void stop(@Observes ShutdownEvent event) {
    stopping.countDown();
  }

  @Incoming("domain-events")
  @Blocking
  void consume(ConsumerRecord<String, byte[]> record) throws InterruptedException {
    ReceivedEvent received =
        new ReceivedEvent(
            record.key() == null ? "" : record.key(),
            headers(record),
            record.value(),
            record.topic(),
            record.partition(),
            record.offset());
    Duration wait = FIRST_WAIT;
    while (true) {
      try {
        applying.apply(received);
        lag.record(
            Duration.between(Instant.ofEpochMilli(record.timestamp()), clock.instant()).abs());
        return;
      } catch (DatabaseUnavailable e) {
        LOG.warnf("The event at %s/%d waits: %s", record.topic(), record.offset(), e.getMessage());
      }
      if (stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("Stopping; the event is read again after the next start");
      }
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
    }
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

package io.drover.secrets.key;

import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.Event;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.Envelope;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Reads {@code drover.domain-events}. While the database is away a record is tried again and again,
 * because a grant that is skipped is a domain that never starts; a record that can never be read
 * goes to the dead letters.
 */
@ApplicationScoped
class DomainEventConsumer {
  private final GrantingKeys granting;
  private final GrantSignals signals;
  private final DeadLetterSender deadLetters;

  DomainEventConsumer(GrantingKeys granting, GrantSignals signals, DeadLetterSender deadLetters) {
    this.granting = granting;
    this.signals = signals;
    this.deadLetters = deadLetters;
  }

  @Incoming("domain-events")
  @Blocking
  @Retry(
      maxRetries = -1,
      maxDuration = 0,
      delay = 500,
      delayUnit = ChronoUnit.MILLIS,
      abortOn = ProblemException.class)
  void consume(ConsumerRecord<String, byte[]> message) {
    try {
      Envelope<Object> envelope = CloudEvents.read(headers(message), message.value());
      if (envelope.data() instanceof Event) {
        granting.apply(envelope).forEach((KeyId key) -> signals.granted(key));
      }
    } catch (ProblemException e) {
      deadLetters.send(message, e);
    }
  }

  private static Map<String, byte[]> headers(ConsumerRecord<String, byte[]> message) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    for (Header header : message.headers()) {
      byte[] value = header.value();
      headers.put(header.key(), value == null ? "".getBytes(StandardCharsets.UTF_8) : value);
    }
    return headers;
  }
}

package io.drover.secrets.key;

import io.drover.contracts.error.DatabaseUnavailable;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.Event;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.Envelope;
import io.drover.secrets.problem.DatabaseFailure;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Reads {@code drover.domain-events}. While the database is unavailable a record is tried again and
 * again, because a grant that is skipped is a domain that never starts; a record that can never be
 * read or applied goes to the dead letters, so that it does not hold up the grants behind it.
 */
@ApplicationScoped
class GrantEventConsumer {
  private static final Logger LOG = Logger.getLogger(GrantEventConsumer.class);

  /**
   * Another instance may make the same project's key at the same time; the next attempt sees it.
   */
  private static final int ATTEMPTS = 3;

  private final GrantingKeys granting;
  private final GrantSignals signals;
  private final DeadLetterSender deadLetters;

  GrantEventConsumer(GrantingKeys granting, GrantSignals signals, DeadLetterSender deadLetters) {
    this.granting = granting;
    this.signals = signals;
    this.deadLetters = deadLetters;
  }

  @Incoming("domain-events")
  @Blocking
  @Retry(maxRetries = -1, maxDuration = 0, delay = 500, delayUnit = ChronoUnit.MILLIS)
  void consume(ConsumerRecord<String, byte[]> message) {
    Optional<ProblemException> failure = Optional.empty();
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        apply(message);
        return;
      } catch (ProblemException e) {
        failure = Optional.of(e);
        break;
      } catch (RuntimeException e) {
        failure = Optional.of(unlessItPasses(message, e));
      }
    }
    deadLetters.send(message, failure.orElseThrow());
  }

  private void apply(ConsumerRecord<String, byte[]> message) {
    byte[] value = message.value() == null ? new byte[0] : message.value();
    Envelope<Object> envelope = CloudEvents.read(headers(message), value);
    if (envelope.data() instanceof Event) {
      granting.apply(envelope).forEach((KeyId key) -> signals.granted(key));
    }
  }

  private static ProblemException unlessItPasses(
      ConsumerRecord<String, byte[]> message, RuntimeException e) {
    String place = message.topic() + "-" + message.partition() + "@" + message.offset();
    Optional<DatabaseUnavailable> passing = DatabaseFailure.passing(e);
    if (passing.isPresent()) {
      LOG.warnf("The record %s waits: %s", place, passing.get().getMessage());
      throw passing.get();
    }
    LOG.warnf(e, "The record %s cannot be applied", place);
    return new ProblemException(
        ErrorCode.INTERNAL_ERROR,
        "The secrets-service cannot apply " + place + "; see its log.",
        e);
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

package io.drover.secrets.key;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.StepCompleted;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.MessageTypes;
import io.drover.contracts.message.RecordRetry;
import io.drover.contracts.message.TopicRule;
import io.drover.contracts.message.UntrustedRecord;
import io.drover.contracts.message.UntrustedRecordException;
import io.drover.contracts.signature.SignedRecord;
import io.drover.contracts.signature.SourceVerifier;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Reads {@code drover.placements} and {@code drover.domain-events}. While the database is
 * unavailable a record is tried again, because a grant that is skipped is a domain that never
 * starts; a record that can never be read or applied goes to the dead letters, so that it does not
 * hold up the grants behind it.
 */
@ApplicationScoped
class GrantEventConsumer {
  private static final Logger LOG = Logger.getLogger(GrantEventConsumer.class);
  private static final String STEP = MessageTypes.of(StepCompleted.class);

  private final SourceVerifier sources;
  private final GrantingKeys granting;
  private final GrantSignals signals;
  private final DeadLetterSender deadLetters;
  private final RecordRetry retry;
  private final RefusingEvent refusing;

  GrantEventConsumer(
      SourceVerifier sources,
      GrantingKeys granting,
      GrantSignals signals,
      DeadLetterSender deadLetters,
      RecordRetry retry,
      RefusingEvent refusing) {
    this.refusing = refusing;
    this.sources = sources;
    this.retry = retry;
    this.granting = granting;
    this.signals = signals;
    this.deadLetters = deadLetters;
  }

  @Incoming("domain-events")
  @Blocking
  void consume(ConsumerRecord<String, byte[]> message) {
    String position = message.topic() + "-" + message.partition() + "@" + message.offset();
    try {
      retry.untilDone(position, () -> apply(message));
    } catch (RuntimeException e) {
      if (retry.isStopping()) {
        throw e;
      }
      ProblemException why = problem(position, e);
      if (why instanceof UntrustedRecordException untrusted) {
        retry.untilDone(position, () -> refuse(message, untrusted));
      }
      retry.untilDone(position, () -> deadLetters.send(message, why));
    }
  }

  private void apply(ConsumerRecord<String, byte[]> message) {
    byte[] value = value(message);
    Map<String, byte[]> headers = headers(message);
    if (isOfAStep(headers)) {
      return; // most events are these, and none of them opens or ends anything
    }
    String recordKey = message.key() == null ? "" : message.key();
    sources.require(new SignedRecord(message.topic(), recordKey, headers, value));
    Envelope<Object> envelope = CloudEvents.read(headers, value);
    TopicRule.require(message.topic(), envelope);
    if (envelope.data() instanceof Event) {
      granting.apply(envelope).forEach((KeyId key) -> signals.granted(key));
    }
  }

  private void refuse(ConsumerRecord<String, byte[]> message, UntrustedRecordException why) {
    Map<String, byte[]> headers = headers(message);
    refusing.refuse(
        UntrustedRecord.of(message.topic(), message.partition(), message.offset(), headers, why),
        headers,
        value(message));
  }

  private static byte[] value(ConsumerRecord<String, byte[]> message) {
    return message.value() == null ? new byte[0] : message.value();
  }

  private static boolean isOfAStep(Map<String, byte[]> headers) {
    return STEP.equals(CloudEvents.type(headers));
  }

  private static ProblemException problem(String position, RuntimeException failure) {
    if (failure instanceof ProblemException known) {
      return known;
    }
    LOG.warnf(failure, "The record %s cannot be applied and becomes a dead letter", position);
    return new ProblemException(
        ErrorCode.INTERNAL_ERROR,
        "The secrets-service cannot apply " + position + "; see its log.",
        failure);
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

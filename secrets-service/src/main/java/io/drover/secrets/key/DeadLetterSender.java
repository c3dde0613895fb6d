package io.drover.secrets.key;

import io.drover.contracts.error.ProblemException;
import io.drover.contracts.message.DeadLetter;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.UntrustedRecordException;
import io.drover.secrets.record.AcknowledgedSender;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Puts a record that cannot be processed on {@code drover.dead-letters}, with why and whence. */
@ApplicationScoped
class DeadLetterSender {
  private static final Logger LOG = Logger.getLogger(DeadLetterSender.class);
  private final AcknowledgedSender channel;

  DeadLetterSender(@Channel("dead-letters") Emitter<byte[]> emitter) {
    this.channel = new AcknowledgedSender(emitter);
  }

  void send(ConsumerRecord<String, byte[]> message, ProblemException why) {
    if (!(why instanceof UntrustedRecordException)) { // which is logged with its source
      LOG.errorf(
          "The record %s-%d@%d becomes a dead letter: %s",
          message.topic(), message.partition(), message.offset(), why.problem().detail());
    }
    DeadLetter letter =
        new DeadLetter(
            why.problem().detail(),
            message.topic(),
            message.partition(),
            message.offset(),
            EventSource.SECRETS);
    try {
      send(message.key(), letter.headers(headers(message)), message.value());
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof RecordTooLargeException)) {
        throw e;
      }
      // Only where it stands then: a record that fits nowhere must not hold up those behind it.
      send(message.key(), letter.headers(), new byte[0]);
    }
  }

  private static Map<String, byte[]> headers(ConsumerRecord<String, byte[]> message) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    message.headers().forEach(header -> headers.put(header.key(), header.value()));
    return headers;
  }

  private void send(@Nullable String key, Map<String, byte[]> headers, byte @Nullable [] value) {
    channel.send(key, headers, value == null ? new byte[0] : value).join();
  }
}

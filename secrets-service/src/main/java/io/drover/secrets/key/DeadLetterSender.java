package io.drover.secrets.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.error.ProblemException;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/** Puts a record that cannot be processed on {@code drover.dead-letters}, with why and whence. */
@ApplicationScoped
class DeadLetterSender {
  private static final Logger LOG = Logger.getLogger(DeadLetterSender.class);
  private final Emitter<byte[]> emitter;

  DeadLetterSender(@Channel("dead-letters") Emitter<byte[]> emitter) {
    this.emitter = emitter;
  }

  void send(ConsumerRecord<String, byte[]> message, ProblemException why) {
    LOG.errorf(
        "A record of %s at %d-%d is a dead letter: %s",
        message.topic(), message.partition(), message.offset(), why.problem().detail());
    try {
      send(message, new RecordHeaders(message.headers()), message.value(), why);
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof RecordTooLargeException)) {
        throw e;
      }
      // Only where it stands then: a record that fits nowhere must not hold up those behind it.
      send(message, new RecordHeaders(), new byte[0], why);
    }
  }

  private void send(
      ConsumerRecord<String, byte[]> message, Headers headers, byte[] value, ProblemException why) {
    headers.add("drover_cause", why.problem().detail().getBytes(UTF_8));
    headers.add("drover_consumer", "secrets-service".getBytes(UTF_8));
    headers.add("drover_topic", message.topic().getBytes(UTF_8));
    headers.add("drover_partition", Integer.toString(message.partition()).getBytes(UTF_8));
    headers.add("drover_offset", Long.toString(message.offset()).getBytes(UTF_8));
    OutgoingKafkaRecordMetadata<String> metadata =
        OutgoingKafkaRecordMetadata.<String>builder()
            .withKey(message.key())
            .withHeaders(headers)
            .build();
    CompletableFuture<Void> sent = new CompletableFuture<>();
    emitter.send(
        Message.of(value == null ? new byte[0] : value)
            .addMetadata(metadata)
            .withAck(
                () -> {
                  sent.complete(null);
                  return CompletableFuture.completedFuture(null);
                })
            .withNack(
                cause -> {
                  sent.completeExceptionally(cause);
                  return CompletableFuture.completedFuture(null);
                }));
    sent.join();
  }
}

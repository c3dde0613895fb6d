package io.drover.secrets.record;

import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/** Sends records to a channel and says when Kafka has acknowledged them. Thread-safe. */
public record AcknowledgedSender(Emitter<byte[]> channel) {
  /** Returns at once; completes when Kafka has the record, or with why it has not. */
  public CompletableFuture<Void> send(
      @Nullable String key, Map<String, byte[]> headers, byte[] value) {
    Headers recordHeaders = new RecordHeaders();
    headers.forEach(recordHeaders::add);
    OutgoingKafkaRecordMetadata<String> metadata =
        OutgoingKafkaRecordMetadata.<String>builder()
            .withKey(key)
            .withHeaders(recordHeaders)
            .build();
    CompletableFuture<Void> sent = new CompletableFuture<>();
    channel.send(
        Message.of(value)
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
    return sent;
  }
}

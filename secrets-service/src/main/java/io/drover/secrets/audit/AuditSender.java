package io.drover.secrets.audit;

import io.drover.contracts.audit.KeyAudited;
import io.drover.contracts.id.DerivedId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.EventSource;
import io.drover.secrets.audit.AuditTrail.Unsent;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Puts entries of the audit trail on {@code drover.audit}. An entry always has the same id. */
@ApplicationScoped
class AuditSender {
  private final Emitter<byte[]> emitter;

  AuditSender(@Channel("audit") Emitter<byte[]> emitter) {
    this.emitter = emitter;
  }

  /** Hands the entry over; completes when Kafka has it. */
  CompletableFuture<Void> send(Unsent unsent) {
    KeyAudited entry = unsent.entry();
    Envelope<KeyAudited> envelope =
        new Envelope<>(
            DerivedId.of(entry.keyId().value(), "audit/" + entry.number()),
            EventSource.SECRETS.uri(),
            entry.keyId().toString(),
            entry.at(),
            entry.number(),
            0,
            unsent.projectId(),
            null,
            unsent.generation(),
            entry);
    Headers headers = new RecordHeaders();
    CloudEvents.headers(envelope).forEach(headers::add);
    Object key = unsent.projectId() == null ? entry.keyId() : unsent.projectId();
    OutgoingKafkaRecordMetadata<String> metadata =
        OutgoingKafkaRecordMetadata.<String>builder()
            .withKey(key.toString())
            .withHeaders(headers)
            .build();
    CompletableFuture<Void> sent = new CompletableFuture<>();
    emitter.send(
        Message.of(ContractJson.write(entry))
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

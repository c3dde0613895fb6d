package io.drover.secrets.audit;

import io.drover.contracts.audit.KeyAudited;
import io.drover.contracts.id.DerivedId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.EventSource;
import io.drover.secrets.audit.AuditTrail.Unsent;
import io.drover.secrets.record.AcknowledgedSender;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/** Puts entries of the audit trail on {@code drover.audit}. An entry always has the same id. */
@ApplicationScoped
class AuditSender {
  private final AcknowledgedSender channel;

  AuditSender(@Channel("audit") Emitter<byte[]> emitter) {
    this.channel = new AcknowledgedSender(emitter);
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
    Object key = unsent.projectId() == null ? entry.keyId() : unsent.projectId();
    return channel.send(key.toString(), CloudEvents.headers(envelope), ContractJson.write(entry));
  }
}

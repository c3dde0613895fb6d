package io.drover.secrets.key;

import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.event.OperationForwarded;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.event.VolumePlaced;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.SubjectId;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.UntrustedRecord;
import io.drover.secrets.audit.AuditEntry;
import io.drover.secrets.audit.AuditTrail;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * An event that is not of the part that it names: it is logged and counted, and what it would have
 * done with keys that exist is written to the audit trail.
 */
@ApplicationScoped
class RefusingEvent {
  private static final Logger LOG = Logger.getLogger(RefusingEvent.class);

  /** More than the disks of a domain; a forged event may name any number. */
  private static final int MAX_KEYS = 32;

  private static final int MAX_ACTOR = 200;

  private final KeyVault vault;
  private final AuditTrail audit;
  private final MeterRegistry metrics;

  /** What an event would have done. */
  private record Attempt(String action, List<KeyId> keys, @Nullable HostId host) {}

  RefusingEvent(KeyVault vault, AuditTrail audit, MeterRegistry metrics) {
    this.vault = vault;
    this.audit = audit;
    this.metrics = metrics;
  }

  @Transactional
  public void refuse(UntrustedRecord record, Map<String, byte[]> headers, byte[] value) {
    audit(record, headers, value);
    LOG.warn(record.sentence());
    Counter.builder(UntrustedRecord.METRIC)
        .description(UntrustedRecord.DESCRIPTION)
        .tags(record.tags())
        .register(metrics)
        .increment();
  }

  private void audit(UntrustedRecord record, Map<String, byte[]> headers, byte[] value) {
    try {
      Envelope<Object> envelope = CloudEvents.read(headers, value);
      UUID subject = SubjectId.parse(envelope.subject()).value();
      Attempt attempt = attempt(envelope.data(), subject);
      String outcome = "refused: " + record.reason().name().toLowerCase(Locale.ROOT);
      String actor = envelope.data().getClass().getSimpleName() + " that names " + record.source();
      attempt.keys().stream()
          .distinct()
          .limit(MAX_KEYS)
          .filter(key -> vault.projectOf(key).isPresent())
          .map(
              key ->
                  new AuditEntry(
                      attempt.action(),
                      outcome,
                      key,
                      subject,
                      envelope.generation(),
                      attempt.host(),
                      null,
                      actor.length() <= MAX_ACTOR ? actor : actor.substring(0, MAX_ACTOR)))
          .filter(entry -> !audit.endsWith(entry))
          .forEach(audit::append);
    } catch (ProblemException unreadable) {
      LOG.debugf("The refused record %s names no key", record.position());
    }
  }

  private Attempt attempt(Object event, UUID subject) {
    if (event instanceof VolumePlaced placed && placed.keyId() != null) {
      return new Attempt("grant", List.of(placed.keyId()), placed.hostId());
    }
    if (event instanceof DomainPlaced placed) {
      return new Attempt("grant", placed.keyIds(), placed.hostId());
    }
    if (event instanceof OperationForwarded forwarded) {
      return new Attempt("grant", forwarded.keyIds(), forwarded.hostId());
    }
    if (event instanceof VolumeDeleted) {
      return new Attempt("destroy", vault.keyOf(subject).stream().toList(), null);
    }
    return new Attempt("revoke", List.of(), null);
  }
}

package io.drover.gateway.feed;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.OperationAccepted;
import io.drover.contracts.event.OperationFailed;
import io.drover.contracts.event.VolumePlaced;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.DeadLetter;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.TopicRule;
import io.drover.contracts.message.UntrustedRecordException;
import io.drover.contracts.message.UntrustedRecordException.Reason;
import io.drover.contracts.sql.SqlFailure;
import io.drover.gateway.domain.DomainProjection;
import io.drover.gateway.operation.FinishingOperation;
import io.drover.gateway.outbox.Outbox;
import io.drover.gateway.volume.VolumeProjection;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;

/**
 * Applies an event once: inventory, operation, and the record of the latest state, in one
 * transaction.
 */
@ApplicationScoped
class ApplyingEvent {
  private static final Logger LOG = Logger.getLogger(ApplyingEvent.class);

  /** More than any event of a host has. */
  private static final int MAX_EARLY_BYTES = 64 * 1024;

  private final EventAuthority authority;
  private final Placements placements;
  private final ConsumedEvents consumed;
  private final DomainProjection domains;
  private final VolumeProjection volumes;
  private final FinishingOperation operations;
  private final Outbox outbox;

  ApplyingEvent(
      EventAuthority authority,
      Placements placements,
      ConsumedEvents consumed,
      DomainProjection domains,
      VolumeProjection volumes,
      FinishingOperation operations,
      Outbox outbox) {
    this.authority = authority;
    this.placements = placements;
    this.consumed = consumed;
    this.domains = domains;
    this.volumes = volumes;
    this.operations = operations;
    this.outbox = outbox;
  }

  /** What the database may have of an event. */
  enum Pass {
    /** Nothing; but what the gateway itself has said, it has. */
    NEW,
    /** It was there when this process started: the database may have forgotten what was said. */
    FORMER,
    /** All, unless it was restored: the event was applied before. */
    AGAIN
  }

  /**
   * Applies a record in a transaction of its own.
   *
   * @throws ProblemException when the record is none that can be applied
   */
  void apply(ReceivedEvent received, Pass pass) {
    QuarkusTransaction.requiringNew().run(() -> read(received, pass));
  }

  /**
   * Applies a record of before, whose effect the database may have forgotten; what cannot be
   * applied is passed over.
   *
   * @return whether it had
   */
  boolean replay(ReceivedEvent received, Pass pass) {
    return again(received, () -> read(received, pass));
  }

  /** Notes who has the claim of a placement of before; whether it is one. */
  boolean noteClaim(ReceivedEvent received) {
    return again(
        received,
        () -> {
          authority.judge(received);
          return claim(envelope(received));
        });
  }

  private static boolean again(ReceivedEvent received, Callable<Boolean> work) {
    try {
      return QuarkusTransaction.requiringNew().call(work);
    } catch (RuntimeException e) {
      if (SqlFailure.passes(e)) {
        throw e;
      }
      LOG.logf(
          e instanceof ProblemException ? Logger.Level.DEBUG : Logger.Level.WARN,
          "The event at %s/%d/%d is not applied again: %s",
          received.topic(),
          received.partition(),
          received.offset(),
          e.getMessage());
      return false;
    }
  }

  /** Whether it was not known. */
  private boolean read(ReceivedEvent received, Pass pass) {
    EventAuthority.Verdict verdict = authority.judge(received);
    Envelope<Object> envelope = envelope(received);
    if (verdict == EventAuthority.Verdict.EARLY) {
      keep(received, envelope);
      return false;
    }
    boolean taken = take(envelope, pass);
    if (claim(envelope)) {
      placements
          .take(UUID.fromString(envelope.subject()), envelope.generation())
          .forEach(this::readAgain);
    }
    return taken;
  }

  /** Notes the claim of a placement; false for other events. */
  private boolean claim(Envelope<Object> envelope) {
    Optional<HostId> host = placedOn(envelope.data());
    host.ifPresent(
        holder ->
            placements.note(
                UUID.fromString(envelope.subject()),
                envelope.generation(),
                new ClaimDirectory.ClaimHolder(holder, envelope.projectId())));
    return host.isPresent();
  }

  /** What came too early is judged as if it came now; what is not believed is dropped. */
  private void readAgain(ReceivedEvent early) {
    try {
      read(early, Pass.NEW);
    } catch (UntrustedRecordException e) {
      authority.note(early, e);
    } catch (ProblemException e) {
      LOG.warnf(
          "The event at %s/%d/%d, which had come before its placement, is dropped: %s",
          early.topic(), early.partition(), early.offset(), e.getMessage());
    }
  }

  private void keep(ReceivedEvent received, Envelope<Object> envelope) {
    byte[] value = received.value();
    if (value != null && value.length > MAX_EARLY_BYTES) {
      throw new UntrustedRecordException(
          Reason.CLAIM,
          "An event of "
              + value.length
              + " bytes came before the placement that it is of, at most "
              + MAX_EARLY_BYTES
              + " are kept; look for a host that invents it.");
    }
    UUID subject = UUID.fromString(envelope.subject());
    if (!placements.keep(envelope.id(), subject, envelope.generation(), received)) {
      throw new UntrustedRecordException(
          Reason.CLAIM,
          "Too many events of "
              + subject
              + " wait for a placement of generation "
              + envelope.generation()
              + " that the scheduler has not published; look for a host that invents it.");
    }
  }

  private static Optional<HostId> placedOn(Object event) {
    if (event instanceof DomainPlaced domain) {
      return Optional.of(domain.hostId());
    }
    return event instanceof VolumePlaced volume ? Optional.of(volume.hostId()) : Optional.empty();
  }

  private static Envelope<Object> envelope(ReceivedEvent received) {
    byte[] value = received.value();
    if (value == null) {
      throw new ProblemException(ErrorCode.INVALID_REQUEST, "The record has no value.");
    }
    Envelope<Object> envelope = CloudEvents.read(received.headers(), value);
    TopicRule.require(received.topic(), envelope);
    return envelope;
  }

  /** Whether it was not known. */
  private boolean take(Envelope<Object> envelope, Pass pass) {
    if (!(envelope.data() instanceof Event event)) {
      throw new ProblemException(ErrorCode.INVALID_REQUEST, "The record is no event.");
    }
    if (EventSource.GATEWAY.published(envelope)) {
      return pass != Pass.NEW && takeOwn(envelope, event);
    }
    if (!consumed.first(envelope.id())) {
      return false;
    }
    operations.apply(envelope, event);
    if (!domains.apply(envelope, event, pass == Pass.AGAIN)) {
      volumes.apply(envelope, event);
    }
    return true;
  }

  /** What the gateway itself has said, it knows, unless its database has forgotten it. */
  private boolean takeOwn(Envelope<Object> envelope, Event event) {
    outbox.published(UUID.fromString(envelope.subject()), envelope.sequence());
    if (event instanceof OperationAccepted accepted) {
      boolean forgotten = operations.recall(envelope, accepted);
      if (forgotten) {
        domains.ask(envelope, accepted);
        volumes.ask(envelope, accepted.kind());
      }
      return forgotten;
    }
    operations.apply(envelope, event);
    if (event instanceof OperationFailed) {
      domains.settle(envelope);
    }
    return false;
  }

  /** Stores the record as a dead letter, and fails the operation that it names. */
  void deadLetter(ReceivedEvent received, RuntimeException failure) {
    String cause = String.valueOf(failure.getMessage());
    QuarkusTransaction.requiringNew().run(() -> store(received, cause, failure));
    if (failure instanceof UntrustedRecordException untrusted) {
      authority.note(received, untrusted);
    } else {
      LOG.errorf(
          "The event at %s/%d/%d becomes a dead letter: %s",
          received.topic(), received.partition(), received.offset(), cause);
    }
  }

  private void store(ReceivedEvent received, String cause, RuntimeException failure) {
    outbox.deadLetter(
        received.key(),
        received.headers(),
        received.value(),
        new DeadLetter(
            cause, received.topic(), received.partition(), received.offset(), EventSource.GATEWAY));
    if (failure instanceof UntrustedRecordException || !isBelieved(received)) {
      return; // its writer may not speak for the operation that it names
    }
    operation(received)
        .ifPresent(
            id ->
                operations.fail(
                    id,
                    Problem.of(
                        ErrorCode.INTERNAL_ERROR,
                        "An event of this operation could not be read; it is kept in"
                            + " drover.dead-letters for your operator.")));
  }

  private boolean isBelieved(ReceivedEvent received) {
    try {
      boolean own =
          CloudEvents.attribute(received.headers(), "source")
              .filter(EventSource.GATEWAY.toString()::equals)
              .isPresent();
      return !own && authority.judge(received) == EventAuthority.Verdict.BELIEVED;
    } catch (ProblemException e) {
      LOG.debug("The dead letter fails no operation", e);
      return false;
    }
  }

  private static Optional<OperationId> operation(ReceivedEvent received) {
    try {
      return CloudEvents.attribute(received.headers(), "operationid").map(OperationId::parse);
    } catch (ProblemException notAnId) {
      LOG.debug("The dead letter names no operation that could be failed", notAnId);
      return Optional.empty();
    }
  }
}

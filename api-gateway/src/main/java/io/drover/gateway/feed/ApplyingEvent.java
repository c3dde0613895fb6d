package io.drover.gateway.feed;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.Event;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.DeadLetter;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.TopicRule;
import io.drover.gateway.domain.DomainProjection;
import io.drover.gateway.operation.FinishingOperation;
import io.drover.gateway.outbox.Outbox;
import io.drover.gateway.volume.VolumeProjection;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Applies an event once: inventory, operation, and the record of the latest state, in one
 * transaction.
 */
@ApplicationScoped
class ApplyingEvent {
  private static final Logger LOG = Logger.getLogger(ApplyingEvent.class);

  private final ConsumedEvents consumed;
  private final DomainProjection domains;
  private final VolumeProjection volumes;
  private final FinishingOperation operations;
  private final Outbox outbox;

  ApplyingEvent(
      ConsumedEvents consumed,
      DomainProjection domains,
      VolumeProjection volumes,
      FinishingOperation operations,
      Outbox outbox) {
    this.consumed = consumed;
    this.domains = domains;
    this.volumes = volumes;
    this.operations = operations;
    this.outbox = outbox;
  }

  /**
   * Applies a record in a transaction of its own.
   *
   * @throws ProblemException when the record is none that can be applied
   */
  void apply(ReceivedEvent received) {
    QuarkusTransaction.requiringNew().run(() -> read(received));
  }

  private void read(ReceivedEvent received) {
    byte[] value = received.value();
    if (value == null) {
      throw new ProblemException(ErrorCode.INVALID_REQUEST, "The record has no value.");
    }
    Envelope<Object> envelope = CloudEvents.read(received.headers(), value);
    if (!(envelope.data() instanceof Event event)) {
      throw new ProblemException(ErrorCode.INVALID_REQUEST, "The record is no event.");
    }
    TopicRule.require(received.topic(), envelope);
    boolean own = EventSource.GATEWAY.published(envelope);
    if (own || !consumed.first(envelope.id())) {
      return;
    }
    operations.apply(envelope, event);
    if (!domains.apply(envelope, event)) {
      volumes.apply(envelope, event);
    }
  }

  /** Stores the record as a dead letter, and fails the operation that it names. */
  void deadLetter(ReceivedEvent received, RuntimeException failure) {
    String cause = String.valueOf(failure.getMessage());
    LOG.errorf(
        "The event at %s/%d/%d becomes a dead letter: %s",
        received.topic(), received.partition(), received.offset(), cause);
    QuarkusTransaction.requiringNew().run(() -> store(received, cause, failure));
  }

  private static boolean isForged(RuntimeException failure) {
    return failure instanceof ProblemException problem
        && problem.problem().code() == ErrorCode.FORBIDDEN;
  }

  private void store(ReceivedEvent received, String cause, RuntimeException failure) {
    outbox.deadLetter(
        received.key(),
        received.headers(),
        received.value(),
        new DeadLetter(
            cause, received.topic(), received.partition(), received.offset(), EventSource.GATEWAY));
    if (isForged(failure)) {
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

  private static Optional<OperationId> operation(ReceivedEvent received) {
    try {
      return CloudEvents.attribute(received.headers(), "operationid").map(OperationId::parse);
    } catch (ProblemException notAnId) {
      LOG.debug("The dead letter names no operation that could be failed", notAnId);
      return Optional.empty();
    }
  }
}

package io.drover.gateway.operation;

import io.drover.contracts.error.Problem;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.OperationAccepted;
import io.drover.contracts.event.OperationKind.Effect;
import io.drover.contracts.event.OperationProgressed;
import io.drover.contracts.event.StepCompleted;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.operation.LiveOperation;
import io.drover.gateway.operation.model.LivePart;
import io.drover.gateway.operation.model.Operation;
import io.drover.gateway.operation.model.OperationOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Moves operations on by events. */
@ApplicationScoped
public class FinishingOperation {
  private static final int MAX_STEP_NAME = 64;

  private final Operations operations;

  /** Who had asked for an operation that the database has forgotten; nothing else knows. */
  private static final String FORGOTTEN = "unknown";

  private final OperationDeadlines deadlines;
  private final InstantSource clock;

  FinishingOperation(Operations operations, OperationDeadlines deadlines, InstantSource clock) {
    this.operations = operations;
    this.deadlines = deadlines;
    this.clock = clock;
  }

  /**
   * Has an operation again that the database has forgotten, in the transaction at hand; what became
   * of it, later events say.
   *
   * @return false when it is known
   */
  public boolean recall(Envelope<?> envelope, OperationAccepted accepted) {
    OperationId id = envelope.operationId();
    ProjectId project = envelope.projectId();
    if (id == null || project == null || operations.find(id).isPresent()) {
      return false;
    }
    operations.add(
        new Operation(
            id,
            project,
            accepted.kind(),
            Operation.State.RUNNING,
            UUID.fromString(envelope.subject()),
            accepted.name(),
            FORGOTTEN,
            envelope.time(),
            envelope.time().plus(deadlines.of(accepted.kind(), accepted.request())),
            null,
            null,
            List.of(),
            live(accepted)),
        0);
    return true;
  }

  private static @Nullable LivePart live(OperationAccepted accepted) {
    LiveOperation<?> request = accepted.request();
    return request == null ? null : new LivePart(request, null, null);
  }

  /** Applies an event to the open operations of its subject, in the transaction at hand. */
  public void apply(Envelope<?> envelope, Event event) {
    if (event instanceof StepCompleted step) {
      addStep(envelope, step);
      return;
    }
    if (event instanceof OperationProgressed progressed) {
      addProgress(envelope, progressed);
      return;
    }
    List<Operation> all = operations.open(UUID.fromString(envelope.subject()));
    boolean stopWasAsked =
        all.stream().anyMatch(operation -> operation.kind().effect() == Effect.STOPS);
    for (Operation open : all) {
      boolean named =
          open.id().equals(envelope.operationId())
              || stopWasAsked && event instanceof DomainStopped;
      OperationOutcome.of(event, open.kind(), named)
          .ifPresent(outcome -> operations.finish(open.id(), outcome, envelope.time()));
    }
  }

  private void addStep(Envelope<?> envelope, StepCompleted step) {
    OperationId id = envelope.operationId();
    if (id == null || !isOf(id, envelope)) {
      return;
    }
    String name = step.step();
    String shown = name.length() > MAX_STEP_NAME ? name.substring(0, MAX_STEP_NAME) : name;
    operations.addStep(
        id,
        new Operation.Step(
            shown, envelope.source().toString(), step.startedAt(), step.durationMicros()));
  }

  private void addProgress(Envelope<?> envelope, OperationProgressed progressed) {
    OperationId id = envelope.operationId();
    if (id != null && isOf(id, envelope)) {
      operations.progress(id, new LivePart.Progress(progressed.done(), progressed.total()));
    }
  }

  /** A host that may speak of one domain may not speak of another's operation. */
  private boolean isOf(OperationId id, Envelope<?> envelope) {
    return operations
        .find(id)
        .filter(operation -> operation.subject().toString().equals(envelope.subject()))
        .isPresent();
  }

  /** A dead letter always fails its operation. */
  public void fail(OperationId id, Problem problem) {
    operations.finish(id, OperationOutcome.failed(problem), clock.instant());
  }
}

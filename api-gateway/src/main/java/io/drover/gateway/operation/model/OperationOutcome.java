package io.drover.gateway.operation.model;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.CommandSuperseded;
import io.drover.contracts.event.DomainDeleted;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.DomainStarted;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.OperationFailed;
import io.drover.contracts.event.OperationKind;
import io.drover.contracts.event.OperationKind.Effect;
import io.drover.contracts.event.OperationSucceeded;
import io.drover.contracts.event.PlacementRefused;
import io.drover.contracts.event.StopReason;
import io.drover.contracts.event.VolumeCreated;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.event.VolumeFailed;
import io.drover.contracts.operation.LiveResult;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an event ends an operation.
 *
 * @param problem why it failed; null when it succeeded
 * @param result what the success of an operation on a running domain has told; null for others
 */
public record OperationOutcome(@Nullable Problem problem, @Nullable LiveResult result) {
  private static final OperationOutcome SUCCEEDED = new OperationOutcome(null, null);

  /** It failed. */
  public static OperationOutcome failed(Problem problem) {
    return new OperationOutcome(problem, null);
  }

  /** An operation on a domain succeeded. */
  public static OperationOutcome succeeded(LiveResult result) {
    return new OperationOutcome(null, result);
  }

  /**
   * What the event means for an operation on its subject. An operation ends when a final event
   * names it; only the facts that end operations of others as well stand here by their kinds.
   *
   * @param named whether the event names this operation as the one that it is a part of
   * @return empty when the operation continues
   */
  public static Optional<OperationOutcome> of(Event event, OperationKind kind, boolean named) {
    if (event instanceof DomainStarted) {
      return when(kind.effect() == Effect.STARTS);
    }
    if (event instanceof DomainStopped stopped) {
      return ofStop(stopped, kind, named);
    }
    if (event instanceof DomainDeleted) {
      return Optional.of(
          kind == OperationKind.DELETE_DOMAIN ? SUCCEEDED : superseded("The domain was deleted."));
    }
    if (event instanceof VolumeCreated) {
      return when(kind == OperationKind.CREATE_VOLUME);
    }
    if (event instanceof VolumeDeleted) {
      return Optional.of(
          kind == OperationKind.DELETE_VOLUME ? SUCCEEDED : superseded("The volume was deleted."));
    }
    if (event instanceof CommandSuperseded && kind.effect() == Effect.STOPS) {
      return Optional.empty(); // the scheduler asks again in the epoch in which the host is back
    }
    return named ? ofFinal(event) : Optional.empty();
  }

  private static Optional<OperationOutcome> ofStop(
      DomainStopped stopped, OperationKind kind, boolean named) {
    if (kind.effect() == Effect.STOPS) {
      return Optional.of(SUCCEEDED);
    }
    if (kind.effect() == Effect.NEEDS_RUN) {
      return Optional.of(
          failed(
              Problem.of(
                  ErrorCode.INVALID_STATE,
                  "The domain stopped before the operation had ended; start it and ask again.")));
    }
    if (!named || kind.effect() != Effect.STARTS) {
      return Optional.empty();
    }
    ErrorCode code =
        stopped.reason() == StopReason.FAILED ? ErrorCode.QEMU_START_FAILED : ErrorCode.QEMU_EXITED;
    String detail =
        stopped.detail().isBlank()
            ? "The domain stopped before its start was complete."
            : stopped.detail();
    return Optional.of(failed(Problem.of(code, detail)));
  }

  private static Optional<OperationOutcome> ofFinal(Event event) {
    if (event instanceof OperationSucceeded succeeded) {
      return Optional.of(succeeded(succeeded.result()));
    }
    return failure(event).map(OperationOutcome::failed);
  }

  private static Optional<Problem> failure(Event event) {
    if (event instanceof OperationFailed failed) {
      return Optional.of(failed.problem());
    }
    if (event instanceof DomainFailed failed) {
      return Optional.of(failed.problem());
    }
    if (event instanceof VolumeFailed failed) {
      return Optional.of(failed.problem());
    }
    if (event instanceof PlacementRefused refused) {
      return Optional.of(refused.problem());
    }
    if (event instanceof CommandSuperseded superseded) {
      return Optional.of(superseded.problem());
    }
    return Optional.empty();
  }

  private static OperationOutcome superseded(String detail) {
    return failed(Problem.of(ErrorCode.SUPERSEDED, detail));
  }

  private static Optional<OperationOutcome> when(boolean succeeded) {
    return succeeded ? Optional.of(SUCCEEDED) : Optional.empty();
  }

  /** The state of an operation that ended so. */
  public Operation.State state() {
    return problem == null ? Operation.State.SUCCEEDED : Operation.State.FAILED;
  }
}

package io.drover.gateway.operation.model;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.CommandSuperseded;
import io.drover.contracts.event.DomainDeleted;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.DomainStarted;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.OperationKind;
import io.drover.contracts.event.PlacementRefused;
import io.drover.contracts.event.StopReason;
import io.drover.contracts.event.VolumeCreated;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.event.VolumeFailed;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an event ends an operation.
 *
 * @param problem why it failed; null when it succeeded
 */
public record Outcome(@Nullable Problem problem) {
  private static final Set<OperationKind> STARTS =
      Set.of(OperationKind.CREATE_DOMAIN, OperationKind.START_DOMAIN);
  private static final Set<OperationKind> STOPS =
      Set.of(OperationKind.SHUT_DOWN_DOMAIN, OperationKind.DESTROY_DOMAIN);

  private static final Outcome SUCCEEDED = new Outcome(null);

  /**
   * What the event means for an operation on its subject.
   *
   * @param named whether the event names this operation as the one that it is a part of
   * @return empty when the operation continues
   */
  public static Optional<Outcome> of(Event event, OperationKind kind, boolean named) {
    if (event instanceof DomainStarted) {
      return when(STARTS.contains(kind));
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
    return named ? ofFailure(event) : Optional.empty();
  }

  private static Optional<Outcome> ofStop(
      DomainStopped stopped, OperationKind kind, boolean named) {
    if (STOPS.contains(kind)) {
      return Optional.of(SUCCEEDED);
    }
    if (!named || !STARTS.contains(kind)) {
      return Optional.empty();
    }
    ErrorCode code =
        stopped.reason() == StopReason.FAILED ? ErrorCode.QEMU_START_FAILED : ErrorCode.QEMU_EXITED;
    String detail =
        stopped.detail().isBlank()
            ? "The domain stopped before its start was complete."
            : stopped.detail();
    return Optional.of(new Outcome(Problem.of(code, detail)));
  }

  private static Optional<Outcome> ofFailure(Event event) {
    if (event instanceof DomainFailed failed) {
      return Optional.of(new Outcome(failed.problem()));
    }
    if (event instanceof VolumeFailed failed) {
      return Optional.of(new Outcome(failed.problem()));
    }
    if (event instanceof PlacementRefused refused) {
      return Optional.of(new Outcome(refused.problem()));
    }
    if (event instanceof CommandSuperseded superseded) {
      return Optional.of(new Outcome(superseded.problem()));
    }
    return Optional.empty();
  }

  private static Outcome superseded(String detail) {
    return new Outcome(Problem.of(ErrorCode.SUPERSEDED, detail));
  }

  private static Optional<Outcome> when(boolean succeeded) {
    return succeeded ? Optional.of(SUCCEEDED) : Optional.empty();
  }

  /** Whether such an operation stops a domain. */
  public static boolean stops(OperationKind kind) {
    return STOPS.contains(kind);
  }

  /** The state of an operation that ended so. */
  public Operation.State state() {
    return problem == null ? Operation.State.SUCCEEDED : Operation.State.FAILED;
  }
}

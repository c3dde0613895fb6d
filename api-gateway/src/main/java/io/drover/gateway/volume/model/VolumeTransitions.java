package io.drover.gateway.volume.model;

import io.drover.contracts.error.Problem;
import io.drover.contracts.event.CommandSuperseded;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.OperationKind;
import io.drover.contracts.event.PlacementRefused;
import io.drover.contracts.event.VolumeCreated;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.event.VolumeFailed;
import io.drover.contracts.event.VolumePlaced;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What each event makes of a volume. Pure. */
public final class VolumeTransitions {
  private VolumeTransitions() {}

  /**
   * The next state, or empty when the event changes nothing.
   *
   * @param of the operation that the event names; null when it names none that is known
   */
  public static Optional<Volume.State> apply(
      Volume.State now, long generation, Event event, @Nullable OperationKind of) {
    boolean deletion = of == OperationKind.DELETE_VOLUME;
    if (generation < now.generation() && !(deletion && generation == 0)) {
      return Optional.empty();
    }
    if (event instanceof VolumeDeleted) {
      return become(now, VolumePhase.DELETED, generation, null);
    }
    Problem failure = failure(event);
    if (deletion) {
      return failure == null ? Optional.empty() : Optional.of(restored(now, failure));
    }
    if (event instanceof VolumePlaced placed) {
      Volume.Place host = new Volume.Place(placed.hostId(), placed.hostName());
      return become(now, VolumePhase.PLACED, generation, null)
          .map(next -> at(next, host, next.lastProblem()));
    }
    if (event instanceof VolumeCreated) {
      return become(now, VolumePhase.READY, generation, null);
    }
    if (failure != null && !(event instanceof CommandSuperseded)) {
      return become(now, VolumePhase.FAILED, generation, failure)
          .or(() -> Optional.of(now.withProblem(failure)));
    }
    return Optional.empty();
  }

  private static @Nullable Problem failure(Event event) {
    if (event instanceof VolumeFailed failed) {
      return failed.problem();
    }
    if (event instanceof PlacementRefused refused) {
      return refused.problem();
    }
    return event instanceof CommandSuperseded superseded ? superseded.problem() : null;
  }

  /** Its deletion has failed: it is what it was, with the reason. */
  private static Volume.State restored(Volume.State now, Problem problem) {
    VolumePhase before = now.restored();
    return before == null
        ? now.withProblem(problem)
        : new Volume.State(before, null, now.generation(), now.host(), problem);
  }

  /** What its creation becomes under a deletion is what the deletion's failure restores. */
  private static Optional<Volume.State> become(
      Volume.State now, VolumePhase next, long generation, @Nullable Problem problem) {
    long latest = Math.max(generation, now.generation());
    VolumePhase before = now.restored();
    if (before != null && next != VolumePhase.DELETED) {
      return before.canBecome(next)
          ? Optional.of(new Volume.State(now.phase(), next, latest, now.host(), problem))
          : Optional.empty();
    }
    return now.phase().canBecome(next)
        ? Optional.of(new Volume.State(next, null, latest, now.host(), problem))
        : Optional.empty();
  }

  private static Volume.State at(Volume.State state, Volume.Place host, @Nullable Problem problem) {
    return new Volume.State(state.phase(), state.restored(), state.generation(), host, problem);
  }
}

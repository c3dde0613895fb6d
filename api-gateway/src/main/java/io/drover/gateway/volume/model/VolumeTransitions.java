package io.drover.gateway.volume.model;

import io.drover.contracts.event.Event;
import io.drover.contracts.event.PlacementRefused;
import io.drover.contracts.event.VolumeCreated;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.event.VolumeFailed;
import io.drover.contracts.event.VolumePlaced;
import io.drover.gateway.volume.model.Volume.Place;
import io.drover.gateway.volume.model.Volume.State;
import java.util.Optional;

/** What each event makes of a volume. Pure. */
public final class VolumeTransitions {
  private VolumeTransitions() {}

  /** The next state, or empty when the event changes nothing. */
  public static Optional<State> apply(State now, long generation, Event event) {
    if (generation < now.generation()) {
      return Optional.empty();
    }
    if (event instanceof VolumePlaced placed) {
      Place host = new Place(placed.hostId(), placed.hostName());
      return become(now, new State(VolumePhase.PLACED, generation, host, null));
    }
    if (event instanceof VolumeCreated) {
      return become(now, new State(VolumePhase.READY, generation, now.host(), null));
    }
    if (event instanceof VolumeFailed failed) {
      State problem = new State(now.phase(), generation, now.host(), failed.problem());
      State gone = new State(VolumePhase.FAILED, generation, now.host(), failed.problem());
      return now.phase().canBecome(VolumePhase.FAILED) ? Optional.of(gone) : Optional.of(problem);
    }
    if (event instanceof PlacementRefused refused) {
      return become(
          now, new State(VolumePhase.FAILED, now.generation(), now.host(), refused.problem()));
    }
    if (event instanceof VolumeDeleted) {
      return become(now, new State(VolumePhase.DELETED, generation, now.host(), null));
    }
    return Optional.empty();
  }

  private static Optional<State> become(State now, State next) {
    return now.phase().canBecome(next.phase()) ? Optional.of(next) : Optional.empty();
  }
}

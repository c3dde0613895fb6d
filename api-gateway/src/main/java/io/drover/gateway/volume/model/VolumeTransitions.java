package io.drover.gateway.volume.model;

import io.drover.contracts.event.Event;
import io.drover.contracts.event.PlacementRefused;
import io.drover.contracts.event.VolumeCreated;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.event.VolumeFailed;
import io.drover.contracts.event.VolumePlaced;
import java.util.Optional;

/** What each event makes of a volume. Pure. */
public final class VolumeTransitions {
  private VolumeTransitions() {}

  /** The next state, or empty when the event changes nothing. */
  public static Optional<Volume.State> apply(Volume.State now, long generation, Event event) {
    if (generation < now.generation()) {
      return Optional.empty();
    }
    if (event instanceof VolumePlaced placed) {
      Volume.Place host = new Volume.Place(placed.hostId(), placed.hostName());
      return become(now, new Volume.State(VolumePhase.PLACED, generation, host, null));
    }
    if (event instanceof VolumeCreated) {
      return become(now, new Volume.State(VolumePhase.READY, generation, now.host(), null));
    }
    if (event instanceof VolumeFailed failed) {
      Volume.State problem =
          new Volume.State(now.phase(), generation, now.host(), failed.problem());
      Volume.State gone =
          new Volume.State(VolumePhase.FAILED, generation, now.host(), failed.problem());
      return now.phase().canBecome(VolumePhase.FAILED) ? Optional.of(gone) : Optional.of(problem);
    }
    if (event instanceof PlacementRefused refused) {
      return become(
          now,
          new Volume.State(VolumePhase.FAILED, now.generation(), now.host(), refused.problem()));
    }
    if (event instanceof VolumeDeleted) {
      return become(now, new Volume.State(VolumePhase.DELETED, generation, now.host(), null));
    }
    return Optional.empty();
  }

  private static Optional<Volume.State> become(Volume.State now, Volume.State next) {
    return now.phase().canBecome(next.phase()) ? Optional.of(next) : Optional.empty();
  }
}

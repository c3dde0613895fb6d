package io.drover.gateway.volume;

import io.drover.contracts.event.Event;
import io.drover.contracts.id.VolumeId;
import io.drover.contracts.message.Envelope;
import io.drover.gateway.volume.model.Volume;
import io.drover.gateway.volume.model.VolumePhase;
import io.drover.gateway.volume.model.VolumeTransitions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Moves volumes on by events. */
@ApplicationScoped
public class VolumeProjection {
  private final Volumes volumes;

  VolumeProjection(Volumes volumes) {
    this.volumes = volumes;
  }

  /** Applies an event in the transaction at hand; false when its subject is no volume here. */
  public boolean apply(Envelope<?> envelope, Event event) {
    Optional<Volume> found = volumes.lock(VolumeId.parse(envelope.subject()));
    if (found.isEmpty()) {
      return false;
    }
    Volume volume = found.get();
    VolumeTransitions.apply(volume.state(), envelope.generation(), event)
        .ifPresent(next -> store(volume.withState(next)));
    return true;
  }

  private void store(Volume next) {
    if (next.phase() == VolumePhase.DELETED) {
      volumes.remove(next.id());
    } else {
      volumes.save(next);
    }
  }
}

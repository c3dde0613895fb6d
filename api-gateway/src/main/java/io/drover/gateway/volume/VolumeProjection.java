package io.drover.gateway.volume;

import io.drover.contracts.event.Event;
import io.drover.contracts.event.OperationKind;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.VolumeId;
import io.drover.contracts.message.Envelope;
import io.drover.gateway.operation.Operations;
import io.drover.gateway.operation.model.Operation;
import io.drover.gateway.volume.model.Volume;
import io.drover.gateway.volume.model.VolumePhase;
import io.drover.gateway.volume.model.VolumeTransitions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Moves volumes on by events. */
@ApplicationScoped
public class VolumeProjection {
  private final Volumes volumes;
  private final Operations operations;

  VolumeProjection(Volumes volumes, Operations operations) {
    this.volumes = volumes;
    this.operations = operations;
  }

  /** Applies an event in the transaction at hand; false when its subject is no volume here. */
  public boolean apply(Envelope<?> envelope, Event event) {
    Optional<Volume> found = volumes.lock(VolumeId.parse(envelope.subject()));
    if (found.isEmpty()) {
      return false;
    }
    Volume volume = found.get();
    OperationId named = envelope.operationId();
    OperationKind kind =
        named == null ? null : operations.find(named).map(Operation::kind).orElse(null);
    VolumeTransitions.apply(volume.state(), envelope.generation(), event, kind)
        .ifPresent(next -> store(volume.withState(next)));
    return true;
  }

  /** What an operation that was recalled asks of a volume. */
  public void ask(Envelope<?> envelope, OperationKind kind) {
    if (kind == OperationKind.DELETE_VOLUME) {
      volumes
          .lock(VolumeId.parse(envelope.subject()))
          .ifPresent(volume -> volumes.save(volume.withState(volume.state().deleting())));
    }
  }

  private void store(Volume next) {
    if (next.phase() == VolumePhase.DELETED) {
      volumes.remove(next.id());
    } else {
      volumes.save(next);
    }
  }
}

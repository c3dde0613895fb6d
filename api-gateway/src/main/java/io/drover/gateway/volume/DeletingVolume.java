package io.drover.gateway.volume;

import io.drover.contracts.command.DeleteVolume;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.OperationKind;
import io.drover.contracts.id.ProjectId;
import io.drover.gateway.operation.AcceptingOperation;
import io.drover.gateway.operation.model.Operation;
import io.drover.gateway.outbox.Outbox;
import io.drover.gateway.request.Mutation;
import io.drover.gateway.request.Preconditions;
import io.drover.gateway.request.ResourceNames;
import io.drover.gateway.volume.model.Volume;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Accepts the deletion of a volume that no domain names. */
@ApplicationScoped
class DeletingVolume {
  private final Volumes volumes;
  private final AcceptingOperation accepting;
  private final Outbox outbox;

  DeletingVolume(Volumes volumes, AcceptingOperation accepting, Outbox outbox) {
    this.volumes = volumes;
    this.accepting = accepting;
    this.outbox = outbox;
  }

  /** Within the caller's transaction. */
  Operation delete(
      ProjectId project, String reference, @Nullable String ifMatch, Mutation mutation) {
    Volume volume =
        volumes
            .lock(project, reference)
            .orElseThrow(() -> ResourceNames.missing("volume", reference));
    Preconditions.check(ifMatch, volume.version());
    if (volume.attachedTo() != null) {
      throw new ProblemException(
          ErrorCode.IN_USE,
          "The volume \""
              + volume.name()
              + "\" belongs to the domain "
              + volume.attachedTo()
              + "; detach it, or delete the domain first.");
    }
    volumes.save(volume.withState(volume.state().deleting()));
    Operation operation =
        accepting.accept(
            new AcceptingOperation.Request(
                OperationKind.DELETE_VOLUME,
                project,
                volume.id().value(),
                volume.name(),
                mutation));
    outbox.command(new DeleteVolume(accepting.header(operation, mutation)));
    return operation;
  }
}

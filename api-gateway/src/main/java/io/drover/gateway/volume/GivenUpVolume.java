package io.drover.gateway.volume;

import io.drover.contracts.error.Problem;
import io.drover.contracts.event.OperationKind.SubjectKind;
import io.drover.contracts.id.VolumeId;
import io.drover.gateway.operation.EndedSubject;
import io.drover.gateway.operation.model.Operation;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * A volume whose operation was given up: it keeps why. One under deletion stays so, because its
 * host may still remove it; the deletion can be asked for again.
 */
@ApplicationScoped
class GivenUpVolume implements EndedSubject {
  private final Volumes volumes;

  GivenUpVolume(Volumes volumes) {
    this.volumes = volumes;
  }

  @Override
  public SubjectKind kind() {
    return SubjectKind.VOLUME;
  }

  @Override
  public boolean givenUp(Operation operation, Problem problem) {
    volumes
        .lock(new VolumeId(operation.subject()))
        .ifPresent(volume -> volumes.save(volume.withState(volume.state().withProblem(problem))));
    return false;
  }
}

package io.drover.gateway.volume.model;

import io.drover.contracts.error.Problem;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.ImageId;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.id.VolumeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A volume as the tenant asked for it, and how far it is.
 *
 * @param keyId the key that encrypts it; null for a plain volume
 * @param attachedTo the one domain whose definition names it
 * @param version of the row; also the ETag
 */
public record Volume(
    VolumeId id,
    ProjectId projectId,
    String name,
    long sizeBytes,
    String format,
    @Nullable KeyId keyId,
    @Nullable ImageId imageId,
    @Nullable DomainId attachedTo,
    State state,
    Instant createdAt,
    long version) {
  /** A host that keeps a volume. */
  public record Place(HostId id, String name) {}

  /**
   * What events change.
   *
   * @param restored the phase that it has again when its deletion fails; null unless its deletion
   *     was asked for
   * @param generation of the last placement
   */
  public record State(
      VolumePhase phase,
      @Nullable VolumePhase restored,
      long generation,
      @Nullable Place host,
      @Nullable Problem lastProblem) {
    public static State requested() {
      return new State(VolumePhase.REQUESTED, null, 0, null, null);
    }

    /** The same once its deletion was asked for. */
    public State deleting() {
      VolumePhase before = phase == VolumePhase.DELETING ? restored : phase;
      return new State(VolumePhase.DELETING, before, generation, host, lastProblem);
    }

    /** The same with this problem, and in the same phase. */
    public State withProblem(Problem problem) {
      return new State(phase, restored, generation, host, problem);
    }
  }

  public VolumePhase phase() {
    return state.phase();
  }

  public Volume withState(State next) {
    return new Volume(
        id,
        projectId,
        name,
        sizeBytes,
        format,
        keyId,
        imageId,
        attachedTo,
        next,
        createdAt,
        version);
  }
}

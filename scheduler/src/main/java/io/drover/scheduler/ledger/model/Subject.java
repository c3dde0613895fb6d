package io.drover.scheduler.ledger.model;

import io.drover.contracts.command.Resources;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.ProjectId;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A domain, a volume or a host as the scheduler knows it.
 *
 * @param generation of the newest placement; 0 before the first
 * @param lastHostId where it was placed last; null before the first placement
 * @param resources what the last claim took; zeros for a volume
 * @param eventSequence the number of the last event that the scheduler said about it
 * @param fencedGeneration what runs of it or of an older one was given up by an operator
 * @param isNew whether this transaction made it, so that nothing else is known of it
 */
public record Subject(
    UUID id,
    Kind kind,
    ProjectId projectId,
    long generation,
    @Nullable HostId lastHostId,
    Resources resources,
    long eventSequence,
    long fencedGeneration,
    boolean deleted,
    boolean isNew) {

  /** What a subject is. */
  public enum Kind {
    DOMAIN,
    VOLUME,
    HOST
  }

  public Optional<HostId> lastHost() {
    return Optional.ofNullable(lastHostId);
  }
}

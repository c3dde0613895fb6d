package io.drover.scheduler.ledger.model;

import io.drover.contracts.command.Resources;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.ProjectId;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A domain or a volume as the scheduler knows it.
 *
 * @param generation of the newest placement; 0 before the first
 * @param lastHostId where it was placed last; null before the first placement
 * @param resources what the last claim took; zeros for a volume
 * @param eventSequence the number of the last event that the scheduler said about it
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
    boolean deleted,
    boolean isNew) {

  /** What a subject is. */
  public enum Kind {
    DOMAIN,
    VOLUME
  }

  public Optional<HostId> lastHost() {
    return Optional.ofNullable(lastHostId);
  }
}

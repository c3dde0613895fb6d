package io.drover.scheduler.ledger;

import io.drover.scheduler.ledger.model.WaitingPlacement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Placements that cannot be decided yet; at most one a domain or volume. */
public interface WaitingPlacements {
  /** Keeps the placement; one of that subject that is kept already stays, with its end. */
  void keep(UUID subject, WaitingPlacement placement);

  Optional<WaitingPlacement> find(UUID subject);

  void remove(UUID subject);

  /** Subjects whose placement may be decided now, or has waited long enough. */
  List<UUID> due(Instant now);
}

package io.drover.scheduler.ledger;

import io.drover.scheduler.ledger.model.OutgoingRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What each command or event led to, for replays. */
public interface Outcomes {
  Optional<List<OutgoingRecord>> find(UUID cause);

  /**
   * Keeps the outcome of a cause.
   *
   * @param lastSequence the number of the last event about the subject, now used up
   */
  void keep(UUID cause, UUID subject, long lastSequence, List<OutgoingRecord> records, Instant at);

  /** Forgets what is older; a replay of it would be decided anew and refused as expired. */
  int forgetBefore(Instant oldest);
}

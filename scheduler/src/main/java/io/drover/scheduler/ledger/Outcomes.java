package io.drover.scheduler.ledger;

import io.drover.scheduler.ledger.model.OutgoingRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What each command or event led to, for replays. */
public interface Outcomes {
  Optional<List<OutgoingRecord>> find(UUID cause);

  void keep(UUID cause, UUID subject, List<OutgoingRecord> records, Instant at);

  /** Forgets what is older; a replay of it would be decided anew and refused as expired. */
  int forgetBefore(Instant oldest);
}

package io.drover.scheduler.ledger;

import io.drover.contracts.id.DerivedId;
import io.drover.contracts.id.OperationId;
import io.drover.scheduler.ledger.model.OutgoingRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What each command or event led to, for replays. */
public interface Outcomes {
  /** The cause of the placement of an operation that was recalled, whose command is not known. */
  static UUID recalledCauseOf(OperationId operation) {
    return DerivedId.of(operation.value(), "recalled-placement");
  }

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

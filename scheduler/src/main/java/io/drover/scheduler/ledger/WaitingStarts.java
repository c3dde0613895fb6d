package io.drover.scheduler.ledger;

import io.drover.scheduler.ledger.model.WaitingStart;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Starts that came before the end of their domain's former claim; at most one a domain. */
public interface WaitingStarts {
  /** Keeps the start; one of that domain that is kept already stays. */
  void keep(UUID domain, WaitingStart start);

  Optional<WaitingStart> find(UUID domain);

  void remove(UUID domain);

  /** Domains whose start waits for nothing any more, or has waited long enough. */
  List<UUID> due(Instant now);
}

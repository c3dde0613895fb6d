package io.drover.scheduler.placement;

import io.drover.scheduler.ledger.Ledger;
import io.drover.scheduler.ledger.model.WaitingStart;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Carries out starts that have waited long enough for the end of the former claim, and those whose
 * wait has ended while this service was away. Thread-safe; calls block.
 */
@ApplicationScoped
class WaitingStartSweep {
  private static final Logger LOG = Logger.getLogger(WaitingStartSweep.class);

  private final Ledger ledger;
  private final CommandProcessor processor;
  private final InstantSource clock;

  WaitingStartSweep(Ledger ledger, CommandProcessor processor, InstantSource clock) {
    this.ledger = ledger;
    this.processor = processor;
    this.clock = clock;
  }

  @Scheduled(
      identity = "waiting-starts",
      every = "1s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    try {
      Instant now = clock.instant();
      for (UUID domain : ledger.inTransaction(session -> session.waitingStarts().due(now))) {
        processor.release(domain, isOver(domain, now));
      }
    } catch (RuntimeException e) {
      LOG.warnf(
          "Starts that wait for the end of a claim could not be carried out and are tried again in"
              + " the next run: %s",
          e.getMessage());
    }
  }

  private boolean isOver(UUID domain, Instant now) {
    Optional<WaitingStart> start =
        ledger.inTransaction(session -> session.waitingStarts().find(domain));
    return start.filter(it -> !now.isBefore(it.until())).isPresent();
  }
}

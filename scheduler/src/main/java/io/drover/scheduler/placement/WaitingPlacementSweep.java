package io.drover.scheduler.placement;

import io.drover.contracts.time.RecurringWork;
import io.drover.scheduler.ledger.Ledger;
import io.drover.scheduler.ledger.model.WaitingPlacement;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Decides placements that wait: those that have waited long enough, those that wait for reports of
 * hosts, and those whose wait has ended while this service was away. Thread-safe; calls block.
 */
@ApplicationScoped
class WaitingPlacementSweep implements RecurringWork {
  private static final Logger LOG = Logger.getLogger(WaitingPlacementSweep.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Ledger ledger;
  private final CommandProcessor processor;
  private final InstantSource clock;

  WaitingPlacementSweep(Ledger ledger, CommandProcessor processor, InstantSource clock) {
    this.ledger = ledger;
    this.processor = processor;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "waiting-placements";
  }

  @Override
  public Duration pause() {
    return EVERY;
  }

  @Override
  public void run() {
    try {
      Instant now = clock.instant();
      for (UUID subject : ledger.inTransaction(session -> session.waitingPlacements().due(now))) {
        processor.release(subject, isOver(subject, now));
      }
    } catch (RuntimeException e) {
      LOG.warnf(
          "Placements that wait could not be decided and are tried again in the next run: %s",
          e.getMessage());
    }
  }

  private boolean isOver(UUID subject, Instant now) {
    Optional<WaitingPlacement> placement =
        ledger.inTransaction(session -> session.waitingPlacements().find(subject));
    return placement.filter(it -> !now.isBefore(it.until())).isPresent();
  }
}

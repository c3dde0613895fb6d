package io.drover.scheduler.placement;

import io.drover.contracts.time.RecurringWork;
import io.drover.scheduler.ledger.Ledger;
import io.drover.scheduler.ledger.model.WaitingStart;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
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
class WaitingStartSweep implements RecurringWork {
  private static final Logger LOG = Logger.getLogger(WaitingStartSweep.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Ledger ledger;
  private final CommandProcessor processor;
  private final InstantSource clock;

  WaitingStartSweep(Ledger ledger, CommandProcessor processor, InstantSource clock) {
    this.ledger = ledger;
    this.processor = processor;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "waiting-starts";
  }

  @Override
  public Duration pause() {
    return EVERY;
  }

  @Override
  public void run() {
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

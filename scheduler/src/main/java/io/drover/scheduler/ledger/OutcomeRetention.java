package io.drover.scheduler.ledger;

import io.drover.contracts.error.DatabaseUnavailable;
import io.drover.scheduler.config.SchedulerSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Forgets outcomes that no replay can ask for any more. Owns one thread. */
@ApplicationScoped
class OutcomeRetention {
  private static final Logger LOG = Logger.getLogger(OutcomeRetention.class);

  private final Ledger ledger;
  private final InstantSource clock;
  private final Duration retention;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

  OutcomeRetention(Ledger ledger, InstantSource clock, SchedulerSettings settings) {
    this.ledger = ledger;
    this.clock = clock;
    this.retention = settings.outcomeRetention();
  }

  void start(@Observes StartupEvent event) {
    // Not at once: a start has better things to do.
    thread.scheduleWithFixedDelay(this::forget, 10, 60, TimeUnit.MINUTES);
  }

  void stop(@Observes ShutdownEvent event) {
    thread.shutdownNow();
  }

  /**
   * The number of outcomes forgotten; 0 when the database is unavailable, the next round will do.
   */
  int forget() {
    try {
      return ledger.inTransaction(
          session -> session.outcomes().forgetBefore(clock.instant().minus(retention)));
    } catch (DatabaseUnavailable | LedgerException e) {
      LOG.warnf("Old outcomes stay for now: %s", e.getMessage());
      return 0;
    }
  }
}

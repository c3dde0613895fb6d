package io.drover.scheduler.ledger;

import io.drover.contracts.error.DatabaseUnavailable;
import io.drover.contracts.error.StatementFailed;
import io.drover.scheduler.config.SchedulerSettings;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** Deletes what nobody can ask for any more: stored outcomes, and subjects deleted long ago. */
@ApplicationScoped
class OutcomeRetention {
  private static final Logger LOG = Logger.getLogger(OutcomeRetention.class);

  private final Ledger ledger;
  private final InstantSource clock;
  private final Duration retention;
  private final Duration deletedRetention;

  OutcomeRetention(Ledger ledger, InstantSource clock, SchedulerSettings settings) {
    this.ledger = ledger;
    this.clock = clock;
    this.retention = settings.outcomeRetention();
    this.deletedRetention = settings.deletedRetention();
  }

  /** First one interval after the start, which has better things to do. */
  @Scheduled(
      identity = "outcome-retention",
      every = "${scheduler.outcome-sweep-every}",
      delayed = "${scheduler.outcome-sweep-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    forget();
  }

  /** The number of outcomes deleted; 0 while the database is unavailable. */
  int forget() {
    try {
      return ledger.inTransaction(
          session -> {
            session.subjects().forgetDeleted(clock.instant().minus(deletedRetention));
            return session.outcomes().forgetBefore(clock.instant().minus(retention));
          });
    } catch (DatabaseUnavailable | StatementFailed e) {
      LOG.warnf(
          "Outcomes past their retention of %s could not be deleted and are deleted in the next run:"
              + " %s",
          retention, e.getMessage());
      return 0;
    }
  }
}

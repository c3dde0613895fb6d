package io.drover.scheduler.ledger;

import io.drover.contracts.error.DatabaseUnavailable;
import io.drover.contracts.error.StatementFailed;
import io.drover.contracts.time.RecurringWork;
import io.drover.scheduler.config.SchedulerSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** Deletes what nobody can ask for any more: stored outcomes, and subjects deleted long ago. */
@ApplicationScoped
class OutcomeRetention implements RecurringWork {
  private static final Logger LOG = Logger.getLogger(OutcomeRetention.class);

  private final Ledger ledger;
  private final InstantSource clock;
  private final Duration retention;
  private final Duration deletedRetention;
  private final Duration pause;

  OutcomeRetention(Ledger ledger, InstantSource clock, SchedulerSettings settings) {
    this.ledger = ledger;
    this.clock = clock;
    this.retention = settings.outcomeRetention();
    this.deletedRetention = settings.deletedRetention();
    this.pause = settings.outcomeSweepEvery();
  }

  @Override
  public String name() {
    return "outcome-retention";
  }

  @Override
  public Duration pause() {
    return pause;
  }

  /** First one interval after the start, which has better things to do. */
  @Override
  public boolean atStart() {
    return false;
  }

  @Override
  public void run() {
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

package io.drover.gateway.health;

import io.drover.contracts.time.RecurringWork;
import io.drover.gateway.config.GatewayConfig;
import io.drover.gateway.feed.ConsumedEvents;
import io.drover.gateway.feed.Placements;
import io.drover.gateway.operation.Operations;
import io.drover.gateway.outbox.OutboxTable;
import io.drover.gateway.request.IdempotencyKeys;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/**
 * Deletes what is past its retention, or beyond what is kept at most: stored answers, what is kept
 * of events, ended operations with their steps, numbers of subjects that are gone, and records that
 * the broker has refused.
 */
@ApplicationScoped
class RetentionSweeper implements RecurringWork {
  private static final Logger LOG = Logger.getLogger(RetentionSweeper.class);

  /** So few that one transaction is short. */
  private static final int ROWS_A_RUN = 10_000;

  private final GatewayConfig config;
  private final IdempotencyKeys keys;
  private final ConsumedEvents events;
  private final Placements placements;
  private final Operations operations;
  private final OutboxTable outbox;
  private final InstantSource clock;

  RetentionSweeper(
      GatewayConfig config,
      IdempotencyKeys keys,
      ConsumedEvents events,
      Placements placements,
      Operations operations,
      OutboxTable outbox,
      InstantSource clock) {
    this.config = config;
    this.keys = keys;
    this.events = events;
    this.placements = placements;
    this.operations = operations;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "retention";
  }

  @Override
  public Duration pause() {
    return config.retentionSweepEvery();
  }

  /** First one interval after the start, which has better things to do. */
  @Override
  public boolean atStart() {
    return false;
  }

  @Override
  public void run() {
    try {
      int answers =
          keys.forget(config.idempotencyRetention())
              + keys.forgetBeyond(config.idempotencyAnswersOfCaller());
      int ids = events.forget(config.consumedEventRetention());
      placements.forget(config.consumedEventRetention());
      int early = placements.forgetEarly(config.earlyEventRetention());
      if (early > 0) {
        LOG.warnf(
            "Dropped %d events of hosts whose placement the scheduler has not published within %s; look"
                + " for a host that invents it",
            early, config.earlyEventRetention());
      }
      int ended = QuarkusTransaction.requiringNew().call(this::forgetOperations);
      // After the operations, whose subjects may be gone.
      outbox.forgetSequences(ROWS_A_RUN);
      outbox.forgetRefused(config.refusedRecordRetention());
      LOG.debugf(
          "Deleted %d stored answers, %d ids of consumed events and %d ended operations",
          answers, ids, ended);
    } catch (RuntimeException e) {
      LOG.warnf(
          "Rows past their retention could not be deleted and are deleted in the next run, in %s:"
              + " %s",
          config.retentionSweepEvery(), e.getMessage());
    }
  }

  private int forgetOperations() {
    Instant oldest = clock.instant().minus(config.operationRetention());
    return operations.forget(oldest, ROWS_A_RUN)
        + operations.forgetBeyond(config.operationsOfProject(), ROWS_A_RUN);
  }
}

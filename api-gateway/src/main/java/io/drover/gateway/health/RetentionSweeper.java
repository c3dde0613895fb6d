package io.drover.gateway.health;

import io.drover.gateway.config.GatewayConfig;
import io.drover.gateway.feed.ConsumedEvents;
import io.drover.gateway.feed.Placements;
import io.drover.gateway.operation.Operations;
import io.drover.gateway.request.IdempotencyKeys;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** Deletes stored answers, what is kept of events, and ended operations past their retention. */
@ApplicationScoped
class RetentionSweeper {
  private static final Logger LOG = Logger.getLogger(RetentionSweeper.class);

  /** So few that one transaction is short. */
  private static final int OPERATIONS_A_RUN = 10_000;

  private final GatewayConfig config;
  private final IdempotencyKeys keys;
  private final ConsumedEvents events;
  private final Placements placements;
  private final Operations operations;
  private final InstantSource clock;

  RetentionSweeper(
      GatewayConfig config,
      IdempotencyKeys keys,
      ConsumedEvents events,
      Placements placements,
      Operations operations,
      InstantSource clock) {
    this.config = config;
    this.keys = keys;
    this.events = events;
    this.placements = placements;
    this.operations = operations;
    this.clock = clock;
  }

  /** First one interval after the start, which has better things to do. */
  @Scheduled(
      identity = "retention",
      every = "${gateway.retention-sweep-every}",
      delayed = "${gateway.retention-sweep-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    try {
      int answers = keys.forget(config.idempotencyRetention());
      int ids = events.forget(config.consumedEventRetention());
      placements.forget(config.consumedEventRetention());
      int early = placements.forgetEarly(config.earlyEventRetention());
      if (early > 0) {
        LOG.warnf(
            "Dropped %d events of hosts whose placement the scheduler has not published within %s; look"
                + " for a host that invents it",
            early, config.earlyEventRetention());
      }
      int ended =
          QuarkusTransaction.requiringNew()
              .call(
                  () ->
                      operations.forget(
                          clock.instant().minus(config.operationRetention()), OPERATIONS_A_RUN));
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
}

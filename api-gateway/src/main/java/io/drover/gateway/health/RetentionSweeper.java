package io.drover.gateway.health;

import io.drover.gateway.config.GatewayConfig;
import io.drover.gateway.feed.ConsumedEvents;
import io.drover.gateway.request.IdempotencyKeys;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Deletes stored answers and ids of applied events that are older than their retention. */
@ApplicationScoped
class RetentionSweeper {
  private static final Logger LOG = Logger.getLogger(RetentionSweeper.class);

  private final GatewayConfig config;
  private final IdempotencyKeys keys;
  private final ConsumedEvents events;

  RetentionSweeper(GatewayConfig config, IdempotencyKeys keys, ConsumedEvents events) {
    this.config = config;
    this.keys = keys;
    this.events = events;
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
      LOG.debugf("Deleted %d stored answers and %d ids of consumed events", answers, ids);
    } catch (RuntimeException e) {
      LOG.warnf(
          "Rows past their retention could not be deleted and are deleted in the next run, in %s:"
              + " %s",
          config.retentionSweepEvery(), e.getMessage());
    }
  }
}

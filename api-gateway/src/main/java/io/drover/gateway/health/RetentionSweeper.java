package io.drover.gateway.health;

import io.drover.gateway.config.GatewayConfig;
import io.drover.gateway.feed.ConsumedEvents;
import io.drover.gateway.request.IdempotencyKeys;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Forgets, once an hour, what has passed its lifetime. */
@Startup
@ApplicationScoped
class RetentionSweeper {
  private static final Logger LOG = Logger.getLogger(RetentionSweeper.class);

  private final GatewayConfig config;
  private final IdempotencyKeys keys;
  private final ConsumedEvents events;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(RetentionSweeper::thread);

  RetentionSweeper(GatewayConfig config, IdempotencyKeys keys, ConsumedEvents events) {
    this.config = config;
    this.keys = keys;
    this.events = events;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "housekeeping");
    thread.setDaemon(true);
    return thread;
  }

  @PostConstruct
  void start() {
    thread.scheduleWithFixedDelay(this::tidy, 10, 60, TimeUnit.MINUTES);
  }

  void stop(@Observes ShutdownEvent event) {
    thread.shutdownNow();
  }

  private void tidy() {
    try {
      int answers = keys.forget(config.idempotencyRetention());
      int ids = events.forget(config.consumedEventRetention());
      LOG.debugf("Forgot %d stored answers and %d ids of events", answers, ids);
    } catch (RuntimeException e) {
      LOG.warnf("Tidying up failed and is tried again in an hour: %s", e.getMessage());
    }
  }
}

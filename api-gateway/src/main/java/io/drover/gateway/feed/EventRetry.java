package io.drover.gateway.feed;

import io.drover.contracts.message.RecordRetry;
import io.drover.contracts.sql.SqlFailure;
import io.drover.gateway.config.GatewayConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.faulttolerance.api.Guard;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** The retry of this service's consumers; only the database is waited for. */
final class EventRetry {
  private static final Logger LOG = Logger.getLogger(EventRetry.class);

  @Produces
  @Singleton
  RecordRetry retry(GatewayConfig config) {
    GatewayConfig.Delivery delivery = config.delivery();
    return new RecordRetry(
        new RecordRetry.Limits(delivery.firstPause(), delivery.longestPause(), delivery.attempts()),
        SqlFailure::passes,
        EventRetry::repeater,
        (position, failure) ->
            LOG.warnf("Processing the record %s failed: %s", position, failure.getMessage()));
  }

  void stop(@Observes ShutdownEvent event, RecordRetry retry) {
    retry.stop();
  }

  private static Consumer<Runnable> repeater(
      RecordRetry.Limits limits, int retries, Predicate<Throwable> when) {
    Guard guard =
        Guard.create()
            .withRetry()
            .maxRetries(retries)
            .maxDuration(0, ChronoUnit.MILLIS)
            .delay(limits.firstPause().toMillis(), ChronoUnit.MILLIS)
            .jitter(0, ChronoUnit.MILLIS)
            .withExponentialBackoff()
            .maxDelay(limits.longestPause().toMillis(), ChronoUnit.MILLIS)
            .done()
            .whenException(when)
            .done()
            .build();
    return step ->
        guard.get(
            () -> {
              step.run();
              return true;
            },
            Boolean.class);
  }
}

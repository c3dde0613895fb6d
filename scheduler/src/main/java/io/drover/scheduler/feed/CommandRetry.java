package io.drover.scheduler.feed;

import io.drover.contracts.message.RecordRetry;
import io.drover.contracts.sql.SqlFailure;
import io.drover.scheduler.config.SchedulerSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.faulttolerance.api.Guard;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.jboss.logging.Logger;

/** The retry of this service's consumers; the database and Kafka are waited for. */
final class CommandRetry {
  private static final Logger LOG = Logger.getLogger(CommandRetry.class);

  @Produces
  @Singleton
  RecordRetry retry(SchedulerSettings config) {
    SchedulerSettings.Delivery delivery = config.delivery();
    return new RecordRetry(
        new RecordRetry.Limits(delivery.firstPause(), delivery.longestPause(), delivery.attempts()),
        CommandRetry::isUnavailable,
        CommandRetry::repeater,
        (position, failure) ->
            LOG.warnf("Processing the record %s failed: %s", position, failure.getMessage()));
  }

  void stop(@Observes ShutdownEvent event, RecordRetry retry) {
    retry.stop();
  }

  private static boolean isUnavailable(Throwable failure) {
    if (failure instanceof KafkaException) {
      return !(failure.getCause() instanceof RecordTooLargeException
          || failure.getCause() instanceof SerializationException);
    }
    return SqlFailure.passes(failure);
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

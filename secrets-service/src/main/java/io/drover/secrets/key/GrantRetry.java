package io.drover.secrets.key;

import io.drover.contracts.message.RecordRetry;
import io.drover.contracts.sql.SqlFailure;
import io.drover.secrets.config.SecretsConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.faulttolerance.api.Guard;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** The retry of this service's consumer; the database and Kafka are waited for. */
final class GrantRetry {
  private static final Logger LOG = Logger.getLogger(GrantRetry.class);

  @Produces
  @Singleton
  RecordRetry retry(SecretsConfig config) {
    SecretsConfig.Delivery delivery = config.delivery();
    return new RecordRetry(
        new RecordRetry.Limits(delivery.firstPause(), delivery.longestPause(), delivery.attempts()),
        GrantRetry::isUnavailable,
        GrantRetry::repeater,
        (position, failure) ->
            LOG.warnf("Processing the record %s failed: %s", position, failure.getMessage()));
  }

  void stop(@Observes ShutdownEvent event, RecordRetry retry) {
    retry.stop();
  }

  /** A dead letter that Kafka does not accept fails with what its send was completed with. */
  private static boolean isUnavailable(Throwable failure) {
    return failure instanceof CompletionException || SqlFailure.passes(failure);
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

package io.drover.gateway.feed;

import io.drover.contracts.error.ProblemException;
import io.drover.contracts.sql.SqlFailure;
import io.drover.gateway.config.GatewayConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.faulttolerance.api.Guard;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Runs a step on a record until it succeeds, by the one policy that the consumers of topics have in
 * each service: while a dependency is unavailable it is tried again indefinitely, each pause twice
 * as long as the one before up to a limit; a failure of its own is tried a few times and then
 * thrown. Thread-safe; calls block.
 */
@ApplicationScoped
class EventRetry {
  private static final Logger LOG = Logger.getLogger(EventRetry.class);

  private final AtomicBoolean stopping = new AtomicBoolean();
  private final Guard whileUnavailable;
  private final Guard fewTimes;

  EventRetry(GatewayConfig config) {
    GatewayConfig.Delivery policy = config.delivery();
    this.whileUnavailable = guard(policy, -1, failure -> isUnavailable(failure) && !stopping.get());
    this.fewTimes =
        guard(policy, policy.attempts() - 1, failure -> mayPass(failure) && !stopping.get());
  }

  void stop(@Observes ShutdownEvent event) {
    stopping.set(true);
  }

  /** Whether the service stops: the record at hand must not be acknowledged, so it comes again. */
  boolean isStopping() {
    return stopping.get();
  }

  /**
   * Runs the step.
   *
   * @param position where the record stands, for the log
   * @throws RuntimeException the last failure, when the attempts are used up, the failure can never
   *     pass ({@link ProblemException}), or the service stops
   */
  void untilDone(String position, Runnable step) {
    whileUnavailable.get(
        () ->
            fewTimes.get(
                () -> {
                  run(position, step);
                  return true;
                },
                Boolean.class),
        Boolean.class);
  }

  private static void run(String position, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.warnf("Processing the record %s failed: %s", position, e.getMessage());
      throw e;
    }
  }

  private static boolean mayPass(Throwable failure) {
    return !isUnavailable(failure) && !(failure instanceof ProblemException);
  }

  private static boolean isUnavailable(Throwable failure) {
    return SqlFailure.passes(failure);
  }

  private static Guard guard(
      GatewayConfig.Delivery policy, int retries, Predicate<Throwable> when) {
    return Guard.create()
        .withRetry()
        .maxRetries(retries)
        .maxDuration(0, ChronoUnit.MILLIS)
        .delay(policy.firstPause().toMillis(), ChronoUnit.MILLIS)
        .jitter(0, ChronoUnit.MILLIS)
        .withExponentialBackoff()
        .maxDelay(policy.longestPause().toMillis(), ChronoUnit.MILLIS)
        .done()
        .whenException(when)
        .done()
        .build();
  }
}

package io.drover.agent;

import io.drover.contracts.time.ClockStepWatch;
import io.drover.contracts.time.RecurringWork;
import io.drover.contracts.time.TimeSource;
import io.drover.contracts.time.WorkTimer;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Ends the agent when the clock of its machine was set back, for its supervisor to start it again:
 * Kafka's clients would wait for as long. Guests keep running.
 */
@Singleton
class ClockGuard {
  private static final Logger LOG = Logger.getLogger(ClockGuard.class);

  /** EX_TEMPFAIL of sysexits.h. */
  private static final int CLOCK_SET_BACK = 75;

  private final WorkTimer timer = new WorkTimer(ClockGuard::failed);

  void begin(@Observes StartupEvent event) {
    timer.begin(new ClockStepWatch(TimeSource.system(), ClockGuard::endProcess));
  }

  void end(@Observes ShutdownEvent event) {
    timer.close();
  }

  private static void endProcess(Duration back) {
    LOG.errorf(
        "The clock of this machine was set back by %d s; Kafka's clients would wait for as long, so"
            + " this agent ends with status %d: start it again",
        back.toSeconds(), CLOCK_SET_BACK);
    Quarkus.asyncExit(CLOCK_SET_BACK);
  }

  private static void failed(RecurringWork work, RuntimeException problem) {
    LOG.errorf(problem, "A run of %s failed; the next one begins in %s", work.name(), work.pause());
  }
}

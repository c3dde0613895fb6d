package io.drover.secrets.config;

import io.drover.contracts.time.ClockStepWatch;
import io.drover.contracts.time.RecurringWork;
import io.drover.contracts.time.TimeSource;
import io.drover.contracts.time.WorkTimer;
import io.quarkus.arc.All;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Repeats all recurring work of the service from its start to its end. Quarkus' own scheduler
 * compares times of day, and stands still for an hour after the clock was set back by one. Kafka's
 * clients do likewise, so the service then ends, for its supervisor to start it again.
 */
@ApplicationScoped
class SecretsWork {
  private static final Logger LOG = Logger.getLogger(SecretsWork.class);

  /** EX_TEMPFAIL of sysexits.h. */
  private static final int CLOCK_SET_BACK = 75;

  private final WorkTimer timer = new WorkTimer(SecretsWork::failed);

  void begin(@Observes StartupEvent event, @All List<RecurringWork> works) {
    works.forEach(timer::begin);
    timer.begin(new ClockStepWatch(TimeSource.system(), SecretsWork::endProcess));
  }

  void end(@Observes ShutdownEvent event) {
    timer.close();
  }

  private static void endProcess(Duration back) {
    LOG.errorf(
        "The clock of this machine was set back by %d s; Kafka's clients would wait for as long, so"
            + " this service ends with status %d: start it again",
        back.toSeconds(), CLOCK_SET_BACK);
    Quarkus.asyncExit(CLOCK_SET_BACK);
  }

  private static void failed(RecurringWork work, RuntimeException problem) {
    LOG.errorf(problem, "A run of %s failed; the next one begins in %s", work.name(), work.pause());
  }
}

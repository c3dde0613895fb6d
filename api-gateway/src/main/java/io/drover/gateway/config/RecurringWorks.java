package io.drover.gateway.config;

import io.drover.contracts.time.RecurringWork;
import io.drover.contracts.time.WorkTimer;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Repeats all recurring work of the service from its start to its end. Quarkus' own scheduler
 * compares times of day, and stands still for an hour after the clock was set back by one.
 */
@ApplicationScoped
class RecurringWorks {
  private static final Logger LOG = Logger.getLogger(RecurringWorks.class);

  private final WorkTimer timer = new WorkTimer(RecurringWorks::failed);

  void begin(@Observes StartupEvent event, @All List<RecurringWork> works) {
    works.forEach(timer::begin);
  }

  void end(@Observes ShutdownEvent event) {
    timer.close();
  }

  private static void failed(RecurringWork work, RuntimeException problem) {
    LOG.errorf(problem, "A run of %s failed; the next one begins in %s", work.name(), work.pause());
  }
}

package io.drover.scheduler.config;

import io.drover.contracts.sql.DatabaseTime;
import io.drover.contracts.time.RecurringWork;
import io.drover.contracts.time.TimeSource;
import io.drover.contracts.time.WorkTimer;
import io.quarkus.arc.All;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Repeats all recurring work of the service from its start to its end. Quarkus' own scheduler
 * compares times of day, and stands still for an hour after the clock was set back by one.
 */
@ApplicationScoped
class SchedulerWork {
  private static final Logger LOG = Logger.getLogger(SchedulerWork.class);

  /** The consumers of topics begin at 1000, what is compared with topics before them at 500. */
  private static final int BEFORE_ALL = 100;

  private final WorkTimer timer =
      WorkTimer.ofProcess(TimeSource.system(), LOG::error, Quarkus::asyncExit);

  /** Before the first record is read, and the first request is answered. */
  void setClock(@Observes @Priority(BEFORE_ALL) StartupEvent event, DatabaseTime time) {
    time.run();
  }

  void begin(@Observes StartupEvent event, @All List<RecurringWork> works) {
    works.forEach(timer::begin);
  }

  void end(@Observes ShutdownEvent event) {
    timer.close();
  }
}

package io.drover.agent;

import io.drover.contracts.time.TimeSource;
import io.drover.contracts.time.WorkTimer;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Ends the agent when the clock of its machine was set back. Guests keep running. */
@Singleton
class ClockGuard {
  private static final Logger LOG = Logger.getLogger(ClockGuard.class);

  private @Nullable WorkTimer timer;

  void begin(@Observes StartupEvent event) {
    timer = WorkTimer.ofProcess(TimeSource.system(), LOG::error, Quarkus::asyncExit);
  }

  void end(@Observes ShutdownEvent event) {
    WorkTimer begun = timer;
    if (begun != null) {
      begun.close();
    }
  }
}

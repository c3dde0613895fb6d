package io.drover.scheduler.config;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Where time comes from; the only place that names the platform's own. */
final class SchedulerBeans {
  @Produces
  @Singleton
  InstantSource clock() {
    return InstantSource.system();
  }

  @Produces
  @Singleton
  Ticker ticker() {
    return System::nanoTime;
  }
}

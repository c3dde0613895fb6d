package io.drover.driver.internal.task;

import io.drover.driver.DriverOptions;
import io.drover.driver.StepListener;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Runs steps and tells how long the ones took that succeeded. */
public final class StepTimer {
  private final StepListener listener;
  private final DriverOptions options;

  public StepTimer(StepListener listener, DriverOptions options) {
    this.listener = listener;
    this.options = options;
  }

  public <T> T run(StepListener.Step step, Supplier<T> action) {
    Instant startedAt = options.clock().instant();
    long begun = options.nanoTicker().getAsLong();
    T result = action.get();
    listener.stepDone(step, startedAt, Duration.ofNanos(options.nanoTicker().getAsLong() - begun));
    return result;
  }
}

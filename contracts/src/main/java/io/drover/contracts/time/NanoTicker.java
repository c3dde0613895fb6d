package io.drover.contracts.time;

import java.time.Duration;

/** A monotonic clock for durations; passed in, so that a test decides them. Thread-safe. */
@FunctionalInterface
public interface NanoTicker {
  /** Nanoseconds since an arbitrary fixed point. */
  long nanos();

  /** The time that has passed since an earlier {@link #nanos}. */
  default Duration since(long earlier) {
    return Duration.ofNanos(nanos() - earlier);
  }

  /** The platform's own. */
  static NanoTicker system() {
    return System::nanoTime;
  }
}

package io.drover.gateway.config;

/** A monotonic clock for durations. Thread-safe. */
@FunctionalInterface
public interface Ticker {
  /** Nanoseconds since an arbitrary fixed point. */
  long nanos();
}

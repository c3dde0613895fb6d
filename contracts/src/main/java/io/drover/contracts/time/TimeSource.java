package io.drover.contracts.time;

import java.time.Instant;
import java.time.InstantSource;

/** The time of day and the monotonic clock, for what needs both. Thread-safe. */
public interface TimeSource extends InstantSource, NanoTicker {
  /** The platform's own. */
  static TimeSource system() {
    return new TimeSource() {
      private final InstantSource clock = InstantSource.system();
      private final NanoTicker ticker = NanoTicker.system();

      @Override
      public Instant instant() {
        return clock.instant();
      }

      @Override
      public long nanos() {
        return ticker.nanos();
      }
    };
  }
}

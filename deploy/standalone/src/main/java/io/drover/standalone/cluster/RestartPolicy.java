package io.drover.standalone.cluster;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Decides how long a part that exited stays down before it is started again: one second at first,
 * twice as long after each further exit, at most one minute. A part that ran for two minutes begins
 * at one second again. Decides only; {@link Supervision} acts. For one part and one thread.
 */
final class RestartPolicy {
  static final Duration SHORTEST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofMinutes(1);
  static final Duration STABLE = Duration.ofMinutes(2);

  private final LongSupplier nanoTicker;
  private long startedNanos;
  private Duration next = SHORTEST;

  /**
   * A policy for a part that runs.
   *
   * @param nanoTicker grows by one each nanosecond, as {@link System#nanoTime} does
   */
  RestartPolicy(LongSupplier nanoTicker) {
    this.nanoTicker = nanoTicker;
    this.startedNanos = nanoTicker.getAsLong();
  }

  /** To be called right before each new start. */
  void starting() {
    startedNanos = nanoTicker.getAsLong();
  }

  /** The part exited, or did not start: how long to wait before it is started again. */
  Duration pauseAfterExit() {
    if (nanoTicker.getAsLong() - startedNanos >= STABLE.toNanos()) {
      next = SHORTEST;
    }
    Duration pause = next;
    Duration doubled = pause.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return pause;
  }
}

package io.drover.contracts.time;

import java.time.Duration;

/** What a service does again and again for as long as it runs; one run at a time. */
public interface RecurringWork {
  /** Unique in its service; for logs and the thread. */
  String name();

  /** How long after the end of a run the next one begins, by the monotonic clock. */
  Duration pause();

  /** Whether the first run is at the start, or one pause later. */
  default boolean atStart() {
    return true;
  }

  /** One run. What it throws is told to the timer's owner and ends neither this nor other work. */
  void run();
}

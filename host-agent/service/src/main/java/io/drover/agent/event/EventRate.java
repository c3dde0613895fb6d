package io.drover.agent.event;

import io.drover.contracts.time.NanoTicker;
import java.time.Duration;

/**
 * How many events a domain may cause: so many a second in the long run, and ten seconds' worth at
 * once, as at a boot.
 *
 * @param perSecond at least 1
 */
public record EventRate(int perSecond, NanoTicker ticker) {
  private static final int BURST_SECONDS = 10;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  public EventRate {
    if (perSecond < 1) {
      throw new IllegalArgumentException(
          "DROVER_EVENT_RATE is "
              + perSecond
              + ", which would publish nothing; set the events that a domain may cause in a second,"
              + " at least 1");
    }
  }

  /** A full bucket for one domain. */
  Bucket bucket() {
    return new Bucket();
  }

  /** The tokens of one domain. Not thread-safe. */
  final class Bucket {
    private final double most = (double) perSecond * BURST_SECONDS;
    private double tokens = most;
    private long filledAt = ticker.nanos();

    private Bucket() {}

    /** Takes so many tokens, unless there are too few. */
    boolean take(int wanted) {
      fill();
      if (tokens < wanted) {
        return false;
      }
      tokens -= wanted;
      return true;
    }

    /** When there is a token again. */
    Duration untilNext() {
      fill();
      double missing = Math.max(0, 1 - tokens);
      return Duration.ofNanos((long) Math.ceil(missing / perSecond * SECOND));
    }

    private void fill() {
      long now = ticker.nanos();
      tokens = Math.min(most, tokens + (double) (now - filledAt) / SECOND * perSecond);
      filledAt = now;
    }
  }
}

package io.drover.gateway.support;

import java.time.Duration;

/**
 * How long tests wait for what must happen: long enough for a busy machine with two cores. What
 * does happen is seen at once, so that a long patience costs nothing.
 */
public final class Patience {
  public static final Duration LIMIT = Duration.ofSeconds(90);

  private Patience() {}
}

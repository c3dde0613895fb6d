package io.drover.it.campaign;

import java.time.Duration;
import java.util.Set;

/**
 * The clock of a service or an agent is set to another time, and back. At the step backwards, which
 * is the first or the second, the process ends by itself and is started again: before that it runs
 * with a clock ahead, or after that with one behind.
 */
record SteppedClock(String part, Duration by, Duration lasts) implements Fault {
  /** The process reads its time anew each second, and looks for steps each second. */
  private static final Duration SEEN = Duration.ofSeconds(3);

  @Override
  public Set<String> targets() {
    return Set.of(part);
  }

  @Override
  public Mending begin(FaultSite site) throws Exception {
    ProcessClock clock = site.clockOf(part);
    clock.step(by);
    if (by.isNegative()) {
      return () -> {
        site.restartEnded(part);
        FaultSite.pass(lasts);
        clock.step(Duration.ZERO);
      };
    }
    return () -> {
      FaultSite.pass(SEEN);
      clock.step(Duration.ZERO);
      site.restartEnded(part);
    };
  }
}

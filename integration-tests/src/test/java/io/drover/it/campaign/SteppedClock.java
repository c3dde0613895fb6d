package io.drover.it.campaign;

import java.time.Duration;
import java.util.Set;

/** The clock of a service or an agent is set to another time, and back. */
record SteppedClock(String part, Duration by, Duration lasts) implements Fault {
  @Override
  public Set<String> targets() {
    return Set.of("clock of " + part);
  }

  @Override
  public Mending begin(FaultSite site) throws Exception {
    ProcessClock clock = site.clockOf(part);
    clock.step(by);
    return () -> clock.step(Duration.ZERO);
  }
}

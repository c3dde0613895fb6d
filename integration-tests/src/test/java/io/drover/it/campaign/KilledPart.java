package io.drover.it.campaign;

import java.time.Duration;
import java.util.Set;

/** A process of the suite's own ends by SIGKILL, and is started again. */
record KilledPart(String part, Duration lasts) implements Fault {
  @Override
  public Set<String> targets() {
    return Set.of(part);
  }

  @Override
  public Mending begin(FaultSite site) {
    site.suite().kill(part);
    return () -> site.start(part);
  }
}

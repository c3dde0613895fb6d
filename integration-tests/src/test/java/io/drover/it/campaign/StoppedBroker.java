package io.drover.it.campaign;

import java.time.Duration;
import java.util.Set;

/** The broker stands still: connections to it stay open, and nothing answers. */
record StoppedBroker(Duration lasts) implements Fault {
  @Override
  public Set<String> targets() {
    return Set.of(FaultSite.BROKER);
  }

  @Override
  public Mending begin(FaultSite site) throws Exception {
    long pid = site.broker().process().pid();
    FaultSite.signal("STOP", pid);
    return () -> FaultSite.signal("CONT", pid);
  }
}

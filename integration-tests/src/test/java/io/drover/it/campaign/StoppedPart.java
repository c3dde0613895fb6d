package io.drover.it.campaign;

import java.time.Duration;
import java.util.Set;

/** A process stands still (SIGSTOP), as on a machine that swaps or a paused virtual machine. */
record StoppedPart(String part, Duration lasts) implements Fault {
  @Override
  public Set<String> targets() {
    return Set.of(part);
  }

  @Override
  public Mending begin(FaultSite site) throws Exception {
    long pid = site.suite().service(part).process().pid();
    FaultSite.signal("STOP", pid);
    return () -> FaultSite.signal("CONT", pid);
  }
}

package io.drover.it.campaign;

import java.time.Duration;
import java.util.Set;

/** The database takes no writes, as one that has become a standby. */
record StandbyDatabase(Duration lasts) implements Fault {
  @Override
  public Set<String> targets() {
    return Set.of(FaultSite.DATABASE);
  }

  @Override
  public Mending begin(FaultSite site) throws Exception {
    site.database().standBy(true); // kept by the data folder
    return () -> site.database().standBy(false);
  }
}

package io.drover.it.campaign;

import java.time.Duration;
import java.util.Set;

/** What a service has stored for a while is forgotten, as its database was restored. */
record RestoredDatabase(String service, Duration lasts) implements Fault {
  @Override
  public Set<String> targets() {
    return Set.of(FaultSite.DATABASE, service);
  }

  @Override
  public Mending begin(FaultSite site) throws Exception {
    site.suite().kill(service);
    site.backupOf(service).restore();
    return () -> site.start(service);
  }
}

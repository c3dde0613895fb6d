package io.drover.it.campaign;

import java.time.Duration;
import java.util.Set;

/**
 * What a service has stored for a while is forgotten, as its database was restored. What it has not
 * published yet nobody could know again, so nothing is forgotten then.
 */
record RestoredDatabase(String service, Duration lasts) implements Fault {
  @Override
  public Set<String> targets() {
    return Set.of(FaultSite.DATABASE, service);
  }

  @Override
  public Mending begin(FaultSite site) throws Exception {
    site.awaitNothingUnsent(service);
    site.suite().kill(service);
    if (site.unsent(service) == 0) {
      site.backupOf(service).restore();
    } else {
      System.out.println(
          "  " + service + " has accepted what it has told nobody: it is only killed");
    }
    return () -> site.start(service);
  }
}

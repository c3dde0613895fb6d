package io.drover.it.campaign;

import java.time.Duration;
import java.util.Set;

/** The database's processes end by SIGKILL, and are started again. */
record KilledDatabase(Duration lasts) implements Fault {
  @Override
  public Set<String> targets() {
    return Set.of(FaultSite.DATABASE);
  }

  @Override
  public Mending begin(FaultSite site) {
    site.suite().suite().postgres().process().kill();
    return () -> site.suite().suite().restartPostgres();
  }
}

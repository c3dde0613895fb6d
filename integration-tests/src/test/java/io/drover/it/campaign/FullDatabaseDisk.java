package io.drover.it.campaign;

import java.time.Duration;
import java.util.Set;

/** The database's disk takes no byte, so that the database ends by itself. */
record FullDatabaseDisk(Duration lasts) implements Fault {
  @Override
  public Set<String> targets() {
    return Set.of(FaultSite.DATABASE);
  }

  @Override
  public Mending begin(FaultSite site) throws Exception {
    SmallDisk disk = site.databaseDisk();
    disk.fill();
    return () -> {
      disk.free();
      site.restartDatabaseIfEnded();
    };
  }
}

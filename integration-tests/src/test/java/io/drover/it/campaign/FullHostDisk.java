package io.drover.it.campaign;

import java.time.Duration;
import java.util.Set;

/** A host's disk, with its agent's journal and spool and its guests' files, takes no byte. */
record FullHostDisk(int host, Duration lasts) implements Fault {
  @Override
  public Set<String> targets() {
    return Set.of("disk of " + host);
  }

  @Override
  public Mending begin(FaultSite site) throws Exception {
    SmallDisk disk = site.diskOf(host);
    disk.fill();
    return disk::free;
  }
}

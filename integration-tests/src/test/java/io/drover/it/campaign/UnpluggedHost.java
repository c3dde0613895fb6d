package io.drover.it.campaign;

import java.time.Duration;
import java.util.Set;

/**
 * No packet comes from or goes to a host.
 *
 * @param host from 2: the first is this machine itself
 */
record UnpluggedHost(int host, Duration lasts) implements Fault {
  @Override
  public Set<String> targets() {
    return Set.of("network of " + host);
  }

  @Override
  public Mending begin(FaultSite site) throws Exception {
    site.suite().suite().unplug(host, true);
    return () -> site.suite().suite().unplug(host, false);
  }
}

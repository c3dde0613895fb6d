package io.drover.it.campaign;

import java.time.Duration;
import java.util.Set;

/** The broker ends by SIGKILL and is started again. */
record KilledBroker(Duration lasts) implements Fault {
  @Override
  public Set<String> targets() {
    return Set.of(FaultSite.BROKER);
  }

  @Override
  public Mending begin(FaultSite site) {
    site.broker().process().kill();
    return () -> site.broker().start();
  }
}

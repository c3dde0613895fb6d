package io.drover.it.campaign;

import java.time.Duration;
import java.util.Set;

/** The broker's disk takes no byte, so that Kafka halts its JVM at its next record. */
record FullBrokerDisk(Duration lasts) implements Fault {
  @Override
  public Set<String> targets() {
    return Set.of(FaultSite.BROKER);
  }

  @Override
  public Mending begin(FaultSite site) throws Exception {
    SmallDisk disk = site.brokerDisk();
    disk.fill();
    return () -> {
      disk.free();
      site.broker().restartIfEnded();
    };
  }
}

package io.drover.driver.internal.network;

import io.drover.driver.internal.resource.ResourcePlan;
import java.util.List;

/** The ports by which a domain's network cards are to be connected to bridges. */
public record BridgePortPlan(List<BridgePort> ports) implements ResourcePlan {
  public BridgePortPlan {
    ports = List.copyOf(ports);
  }
}

package io.drover.driver.internal.sidecar;

import io.drover.driver.internal.resource.ResourcePlan;
import java.util.List;

/** The sidecars of the driver's own user, as virtiofs daemons, in the order of their start. */
public record DriverUserSidecarsPlan(List<Sidecar> sidecars) implements ResourcePlan {
  public DriverUserSidecarsPlan {
    sidecars = List.copyOf(sidecars);
  }
}

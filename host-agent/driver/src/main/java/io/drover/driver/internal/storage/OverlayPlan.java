package io.drover.driver.internal.storage;

import io.drover.driver.internal.resource.ResourcePlan;
import java.util.List;

/** The overlays that take the changes of a domain's transient disks. */
public record OverlayPlan(List<TransientOverlay> overlays) implements ResourcePlan {
  public OverlayPlan {
    overlays = List.copyOf(overlays);
  }
}

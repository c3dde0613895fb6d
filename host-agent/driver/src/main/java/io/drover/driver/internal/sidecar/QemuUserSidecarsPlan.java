package io.drover.driver.internal.sidecar;

import io.drover.driver.internal.resource.ResourcePlan;
import java.util.List;

/** The sidecars of QEMU's user, as passt, in the order of their start. */
public record QemuUserSidecarsPlan(List<Sidecar> sidecars) implements ResourcePlan {
  public QemuUserSidecarsPlan {
    sidecars = List.copyOf(sidecars);
  }
}

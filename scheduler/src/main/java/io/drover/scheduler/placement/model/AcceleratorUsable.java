package io.drover.scheduler.placement.model;

import io.drover.scheduler.ledger.model.Host;
import java.util.Optional;

/** A definition that asks for KVM goes where KVM was seen to run a guest. */
public final class AcceleratorUsable implements PlacementRule {
  private static final String KVM = "kvm";

  @Override
  public Optional<Shortfall> miss(PlacementRequest request, Host host) {
    if (!request.needsKvm() || host.accelerators().contains(KVM)) {
      return Optional.empty();
    }
    return Optional.of(
        new Shortfall("needs type='kvm', which host " + host.name() + " cannot run", 1));
  }
}

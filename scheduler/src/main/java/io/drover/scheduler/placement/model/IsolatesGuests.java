package io.drover.scheduler.placement.model;

import io.drover.scheduler.ledger.model.Host;
import java.util.Optional;

/**
 * A domain with network cards that must not reach its host goes where that can be had. A host that
 * does not say whether it isolates guests may get it, and refuses the start if it cannot.
 */
public final class IsolatesGuests implements PlacementRule {
  @Override
  public Optional<Shortfall> miss(PlacementRequest request, Host host) {
    String lack = host.isolationLack();
    if (!request.needsIsolation() || lack == null || lack.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Shortfall(
            "needs host %s to isolate guests that have network cards, which it cannot; operators see the reason with drover host show %s"
                .formatted(host.name(), host.name()),
            1));
  }
}

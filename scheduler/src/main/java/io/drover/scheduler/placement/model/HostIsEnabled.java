package io.drover.scheduler.placement.model;

import io.drover.contracts.report.HostState.Admission;
import io.drover.scheduler.ledger.model.Host;
import java.util.Optional;

/** No operator has disabled the host. */
public final class HostIsEnabled implements PlacementRule {
  @Override
  public Optional<Shortfall> miss(PlacementRequest request, Host host) {
    if (host.standing().admission() == Admission.ENABLED) {
      return Optional.empty();
    }
    String reason = host.standing().reason();
    return Optional.of(
        new Shortfall(
            "needs host %s to be enabled by an operator%s"
                .formatted(host.name(), reason.isBlank() ? "" : " (disabled: " + reason + ")"),
            1));
  }
}

package io.drover.scheduler.placement.model;

import io.drover.scheduler.ledger.model.Host;
import java.util.Optional;

/** The host has the virtual CPUs free. */
public final class EnoughVcpus implements PlacementRule {
  @Override
  public Optional<Shortfall> miss(PlacementRequest request, Host host) {
    int lacking = request.resources().vcpus() - host.freeVcpus();
    return lacking <= 0
        ? Optional.empty()
        : Optional.of(
            new Shortfall(
                "needs %d vCPUs more on host %s".formatted(lacking, host.name()),
                (double) lacking / request.resources().vcpus()));
  }
}

package io.drover.scheduler.placement.model;

import io.drover.scheduler.ledger.model.Host;
import java.util.Optional;

/** The host has the memory free. */
public final class EnoughMemory implements PlacementRule {
  @Override
  public Optional<Shortfall> miss(PlacementRequest request, Host host) {
    long lacking = request.resources().memoryMib() - host.freeMemoryMib();
    return lacking <= 0
        ? Optional.empty()
        : Optional.of(
            new Shortfall(
                "needs %d MiB more memory on host %s".formatted(lacking, host.name()),
                (double) lacking / request.resources().memoryMib()));
  }
}

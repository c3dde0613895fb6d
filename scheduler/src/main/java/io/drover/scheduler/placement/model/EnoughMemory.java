package io.drover.scheduler.placement.model;

import io.drover.scheduler.ledger.model.Host;
import java.util.Optional;

/** The host has the memory free that guest and QEMU take. */
public final class EnoughMemory implements PlacementRule {
  @Override
  public Optional<Shortfall> miss(PlacementRequest request, Host host) {
    long needed = request.claimed().memoryMib();
    long lacking = needed - host.freeMemoryMib();
    return lacking <= 0
        ? Optional.empty()
        : Optional.of(
            new Shortfall(
                "needs %d MiB more memory on host %s%s"
                    .formatted(lacking, host.name(), parts(request)),
                (double) lacking / needed));
  }

  private static String parts(PlacementRequest request) {
    return request.overheadMib() == 0
        ? ""
        : " (%d MiB of the guest and %d MiB of QEMU itself)"
            .formatted(request.resources().memoryMib(), request.overheadMib());
  }
}

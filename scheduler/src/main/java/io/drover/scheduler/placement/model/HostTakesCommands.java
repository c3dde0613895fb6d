package io.drover.scheduler.placement.model;

import io.drover.scheduler.ledger.model.Host;
import java.time.Duration;
import java.util.Optional;

/** The host's agent reads its commands: it has read on since the oldest one that waits was sent. */
public final class HostTakesCommands implements PlacementRule {
  @Override
  public Optional<Shortfall> miss(PlacementRequest request, Host host) {
    Duration stall = host.intakeStall();
    if (stall.compareTo(request.downAfter()) <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Shortfall(
            "needs the agent of host %s to take its commands, which have waited for %d s, the limit is %d s; look into its log"
                .formatted(host.name(), stall.toSeconds(), request.downAfter().toSeconds()),
            stall.toSeconds()));
  }

  @Override
  public boolean endsWithReport() {
    return true;
  }
}

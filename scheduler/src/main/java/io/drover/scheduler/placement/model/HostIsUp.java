package io.drover.scheduler.placement.model;

import io.drover.scheduler.ledger.model.Host;
import java.time.Duration;
import java.util.Optional;

/** The host has reported lately. */
public final class HostIsUp implements PlacementRule {
  @Override
  public Optional<Shortfall> miss(PlacementRequest request, Host host) {
    if (host.isUp(request.now(), request.downAfter())) {
      return Optional.empty();
    }
    Duration age = host.age(request.now());
    return Optional.of(
        new Shortfall(
            "needs host %s to report again; its last report is %d s old, the limit is %d s"
                .formatted(host.name(), age.toSeconds(), request.downAfter().toSeconds()),
            age.toSeconds()));
  }

  @Override
  public boolean endsWithReport() {
    return true;
  }
}

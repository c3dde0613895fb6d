package io.drover.scheduler.placement.model;

import io.drover.scheduler.ledger.model.Host;
import io.drover.scheduler.placement.model.PlacementRequest.NeededVolume;
import java.util.Optional;

/** A volume that is to be near another thing goes to that one's host. */
public final class NearIt implements PlacementRule {
  @Override
  public Optional<Shortfall> miss(PlacementRequest request, Host host) {
    return request.volumes().stream()
        .filter(near -> !host.id().equals(near.hostId()))
        .findFirst()
        .map(NeededVolume::name)
        .map(near -> new Shortfall("needs the host of " + near + ", not " + host.name(), 1));
  }
}

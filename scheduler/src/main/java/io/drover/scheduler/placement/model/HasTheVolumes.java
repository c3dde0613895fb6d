package io.drover.scheduler.placement.model;

import io.drover.scheduler.ledger.model.Host;
import io.drover.scheduler.placement.model.PlacementRequest.NeededVolume;
import java.util.List;
import java.util.Optional;

/** A volume stays on its host, so a domain goes where all of its volumes are. */
public final class HasTheVolumes implements PlacementRule {
  @Override
  public Optional<Shortfall> miss(PlacementRequest request, Host host) {
    List<NeededVolume> missing =
        request.volumes().stream().filter(volume -> !host.id().equals(volume.hostId())).toList();
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    NeededVolume first = missing.get(0);
    String where =
        first.hostId() == null ? "is on no host" : "is on another host than " + host.name();
    return Optional.of(
        new Shortfall(
            "needs volume \"" + first.name() + "\", which " + where,
            (double) missing.size() / request.volumes().size()));
  }
}

package io.drover.scheduler.placement.model;

import io.drover.contracts.command.Resources;
import io.drover.contracts.id.HostId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be placed, and the moment for which it is decided.
 *
 * @param needsKvm whether the domain requires hardware acceleration
 * @param downAfter the age of a report at which its host counts as down
 */
public record PlacementRequest(
    Resources resources,
    boolean needsKvm,
    List<NeededVolume> volumes,
    Instant now,
    Duration downAfter) {
  public PlacementRequest {
    volumes = List.copyOf(volumes);
  }

  /**
   * A volume of the domain.
   *
   * @param hostId the host that keeps it; null when no host does
   */
  public record NeededVolume(String name, @Nullable HostId hostId) {}
}

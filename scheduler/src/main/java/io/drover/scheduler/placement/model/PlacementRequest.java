package io.drover.scheduler.placement.model;

import io.drover.contracts.command.Resources;
import io.drover.contracts.id.HostId;
import io.drover.contracts.requirement.Requirements;
import io.drover.contracts.requirement.Requirements.AcceleratorNeed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be placed, and the moment for which it is decided.
 *
 * @param resources of a domain; zeros for a volume
 * @param overheadMib the memory that QEMU takes beside the guest's
 * @param diskBytes the capacity of a volume; 0 for a domain
 * @param needsKvm whether the domain requires hardware acceleration
 * @param needsIsolation whether it has network cards and must not reach its host
 * @param volumes those of the domain, or what a volume is to be near
 * @param downAfter the age of a report at which its host counts as down
 */
public record PlacementRequest(
    Resources resources,
    long overheadMib,
    long diskBytes,
    boolean needsKvm,
    boolean needsIsolation,
    List<NeededVolume> volumes,
    Instant now,
    Duration downAfter) {
  public PlacementRequest {
    volumes = List.copyOf(volumes);
  }

  /** A domain of these sizes. */
  public static PlacementRequest ofDomain(
      Resources resources,
      Requirements requirements,
      List<NeededVolume> volumes,
      Instant now,
      Duration downAfter) {
    return new PlacementRequest(
        resources,
        requirements.memoryOverheadMib(),
        0,
        requirements.accelerator() == AcceleratorNeed.KVM,
        requirements.isolatedCards(),
        volumes,
        now,
        downAfter);
  }

  /** A volume of this capacity. */
  public static PlacementRequest ofVolume(
      long diskBytes, List<NeededVolume> near, Instant now, Duration downAfter) {
    return new PlacementRequest(
        new Resources(0, 0), 0, diskBytes, false, false, near, now, downAfter);
  }

  /** The guest's memory and QEMU's own, with the virtual CPUs: what is claimed. */
  public Resources claimed() {
    return new Resources(resources.vcpus(), resources.memoryMib() + overheadMib);
  }

  /**
   * A volume of the domain.
   *
   * @param hostId the host that keeps it; null when no host does
   */
  public record NeededVolume(String name, @Nullable HostId hostId) {}
}

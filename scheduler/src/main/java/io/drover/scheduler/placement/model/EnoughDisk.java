package io.drover.scheduler.placement.model;

import io.drover.scheduler.ledger.model.Host;
import java.util.Optional;

/**
 * The host has the disk for the volume: the capacities of its volumes stay within what it has times
 * the overcommit, and so does this one with what was free at its last report.
 */
public final class EnoughDisk implements PlacementRule {
  private static final long MIB = 1 << 20;

  private final double overcommit;

  /**
   * @param overcommit how many bytes of volumes a host may have for each that it really has
   */
  public EnoughDisk(double overcommit) {
    this.overcommit = overcommit;
  }

  @Override
  public Optional<Shortfall> miss(PlacementRequest request, Host host) {
    Host.DiskLedger disk = host.disk();
    if (disk.totalBytes() == 0) {
      return Optional.of(
          new Shortfall(
              "needs host "
                  + host.name()
                  + " to report room for volumes; update its agent or free disk",
              request.diskBytes()));
    }
    long claimable = request.diskBytes() - disk.claimableBytes(overcommit);
    long free = request.diskBytes() - (long) (disk.freeBytes() * overcommit);
    long lacking = Math.max(claimable, free);
    return lacking <= 0
        ? Optional.empty()
        : Optional.of(
            new Shortfall(
                "needs %d MiB more disk on host %s, which has %d MiB %s and lets volumes take %s times that"
                    .formatted(
                        mib(lacking),
                        host.name(),
                        (free > claimable ? disk.freeBytes() : disk.totalBytes()) / MIB,
                        free > claimable ? "free" : "for volumes",
                        overcommit),
                (double) lacking / request.diskBytes()));
  }

  private static long mib(long bytes) {
    return (bytes + MIB - 1) / MIB;
  }
}

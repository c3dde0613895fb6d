package io.drover.scheduler.ledger.model;

import io.drover.contracts.id.CommandId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A volume to be bound to the first of the hosts that has room for it.
 *
 * @param overcommit how many bytes of volumes a host may have for each that it really has
 * @param hosts the chosen host, then the alternates
 * @param reportedSince a host that has not reported since is down and not taken
 */
public record VolumeDemand(
    UUID volumeId,
    long generation,
    long sizeBytes,
    CommandId createCommand,
    double overcommit,
    List<Host> hosts,
    Instant reportedSince) {
  public VolumeDemand {
    hosts = List.copyOf(hosts);
  }
}

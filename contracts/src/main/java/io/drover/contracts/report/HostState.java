package io.drover.contracts.report;

import io.drover.contracts.id.HostId;
import io.drover.contracts.report.HostReport.Accelerator;
import io.drover.contracts.report.HostReport.Isolation;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host as the scheduler's table has it, on {@code drover.hosts}.
 *
 * @param version grows with each record of the host
 * @param reason why it is disabled or was removed; empty while it is enabled
 * @param up whether it has reported lately
 * @param takingCommands whether it reads its commands, as far as any wait for it
 * @param reportedAt when its last report came to Kafka, by the broker's clock
 * @param clockSkewSeconds how far the host's clock is ahead; negative when it is behind
 * @param usedVcpus what its claims add up to
 * @param usedMemoryMib what its claims add up to
 * @param disk its room for volumes; null from a scheduler that does not publish it
 * @param claims how many domains may run there
 * @param domains how many domains its last report has shown running
 * @param isolation whether it can isolate guests with network cards; null where it does not say it
 */
public record HostState(
    HostId hostId,
    String name,
    long version,
    Admission admission,
    String reason,
    boolean up,
    boolean takingCommands,
    Instant reportedAt,
    long clockSkewSeconds,
    long epoch,
    int vcpus,
    long memoryMib,
    int usedVcpus,
    long usedMemoryMib,
    @Nullable DiskRoom disk,
    int claims,
    int domains,
    List<Accelerator> accelerators,
    @Nullable Isolation isolation,
    String emulatorVersion,
    URI agentUrl) {
  public HostState {
    accelerators = List.copyOf(accelerators);
  }

  /**
   * Room for volumes, in bytes.
   *
   * @param totalBytes what all its volumes may take together, without overcommit; 0 when it does
   *     not measure its disk
   * @param freeBytes what of it was free at its last report
   * @param claimedBytes what the capacities of its volumes add up to
   */
  public record DiskRoom(long totalBytes, long freeBytes, long claimedBytes) {}

  /** What an operator has decided about a host. */
  public enum Admission {
    ENABLED,
    /** Nothing new is placed on it. */
    DISABLED,
    /** It is no host any more; it has no claims. */
    REMOVED
  }
}

package io.drover.scheduler.ledger.model;

import io.drover.contracts.id.HostId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * A host as its last report and its claims say.
 *
 * @param epoch of the agent that reported
 * @param reportedAt by the host's clock, never later than the scheduler's
 * @param disk its room for volumes
 * @param accelerators the usable ones
 * @param agentUrl where the gateway reaches the host's consoles
 * @param generation grows when epoch, capacity or accelerators change
 * @param usedVcpus what the claims on it add up to
 * @param usedMemoryMib what the claims on it add up to
 */
public record Host(
    HostId id,
    String name,
    long epoch,
    long reportSequence,
    Instant reportedAt,
    int vcpus,
    long memoryMib,
    Disk disk,
    Set<String> accelerators,
    String agentUrl,
    long generation,
    int usedVcpus,
    long usedMemoryMib) {
  public Host {
    accelerators = Set.copyOf(accelerators);
  }

  /**
   * Room for volumes, in bytes.
   *
   * @param totalBytes what all its volumes may take together; 0 when the host does not report it
   * @param freeBytes what of it is free now
   * @param claimedBytes what the capacities of its volumes add up to
   */
  public record Disk(long totalBytes, long freeBytes, long claimedBytes) {
    /** What may still be claimed; negative when the host has less than its volumes may take. */
    public long claimableBytes(double overcommit) {
      return (long) (totalBytes * overcommit) - claimedBytes;
    }
  }

  /** Negative when the host was shrunk below its claims. */
  public int freeVcpus() {
    return vcpus - usedVcpus;
  }

  /** Negative when the host was shrunk below its claims. */
  public long freeMemoryMib() {
    return memoryMib - usedMemoryMib;
  }

  public Duration age(Instant now) {
    Duration age = Duration.between(reportedAt, now);
    return age.isNegative() ? Duration.ZERO : age;
  }

  public boolean isUp(Instant now, Duration downAfter) {
    return age(now).compareTo(downAfter) <= 0;
  }
}

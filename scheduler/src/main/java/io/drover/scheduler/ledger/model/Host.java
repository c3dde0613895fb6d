package io.drover.scheduler.ledger.model;

import io.drover.contracts.id.HostId;
import io.drover.contracts.report.HostState.Admission;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A host as its last report and its claims say.
 *
 * @param epoch of the agent that reported
 * @param reportedAt when its report came to Kafka, by the broker's clock
 * @param disk its room for volumes
 * @param accelerators the usable ones
 * @param isolationLack why it cannot isolate guests with network cards; empty when it can, null
 *     when it does not say it
 * @param agentUrl where the gateway reaches the host's consoles
 * @param generation grows when epoch, capacity or accelerators change
 * @param usedVcpus what the claims on it add up to
 * @param usedMemoryMib what the claims on it add up to
 * @param clockSkewMillis how far the host's clock is ahead, the way of its report included;
 *     negative when it is behind
 */
public record Host(
    HostId id,
    String name,
    long epoch,
    long reportSequence,
    Instant reportedAt,
    int vcpus,
    long memoryMib,
    DiskLedger disk,
    Set<String> accelerators,
    @Nullable String isolationLack,
    String agentUrl,
    long generation,
    int usedVcpus,
    long usedMemoryMib,
    long clockSkewMillis,
    HostStanding standing) {
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
  public record DiskLedger(long totalBytes, long freeBytes, long claimedBytes) {
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

  /** Whether an operator has removed it. */
  public boolean isRemoved() {
    return standing.admission() == Admission.REMOVED;
  }

  /** How long commands have waited for its agent, by its last report. */
  public Duration intakeStall() {
    Duration stall = Duration.between(standing.intakeMovedAt(), reportedAt);
    return stall.isNegative() ? Duration.ZERO : stall;
  }
}

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
    Set<String> accelerators,
    String agentUrl,
    long generation,
    int usedVcpus,
    long usedMemoryMib) {
  public Host {
    accelerators = Set.copyOf(accelerators);
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

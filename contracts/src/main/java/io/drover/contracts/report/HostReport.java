package io.drover.contracts.report;

import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.HostId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host's heartbeat on {@code drover.host-reports}.
 *
 * @param epoch grows with each start of the agent; commands of an epoch that its journal of
 *     commands does not cover are refused
 * @param sequence grows with each report of one epoch
 * @param vcpus virtual CPUs that may be claimed, overcommit included
 * @param memoryMib guest memory in MiB that may be claimed
 * @param disk of the volumes' file system; null from an agent that does not measure it
 * @param accelerators what was probed by really running a guest
 * @param capabilitiesDigest SHA-256 in hex over emulator, machine types and accelerators
 * @param agentUrl where the gateway reaches the agent's consoles
 * @param domains every domain whose QEMU was really seen alive
 * @param domainsHash SHA-256 in hex over the sorted domain ids and generations
 * @param intake how far the agent has read its command topic; null from an agent that does not say
 *     it
 * @param isolation whether guests with network cards can be isolated from this host; null from an
 *     agent that does not say it or does not know it yet
 */
public record HostReport(
    HostId hostId,
    String name,
    long epoch,
    long sequence,
    Instant at,
    int vcpus,
    long memoryMib,
    @Nullable DiskSpace disk,
    List<Accelerator> accelerators,
    String emulatorVersion,
    String capabilitiesDigest,
    URI agentUrl,
    List<RunningDomain> domains,
    String domainsHash,
    @Nullable Intake intake,
    @Nullable Isolation isolation) {
  public HostReport {
    accelerators = List.copyOf(accelerators);
    domains = List.copyOf(domains);
  }

  /**
   * Room for volumes, in bytes.
   *
   * @param totalBytes what all volumes of the host may take together, those that are there included
   * @param freeBytes what of it is free now
   */
  public record DiskSpace(long totalBytes, long freeBytes) {}

  /**
   * How far the command topic was read.
   *
   * @param next the offset behind the last command that was taken; 0 before the topic was reached
   */
  public record Intake(long next) {}

  /**
   * Whether guests with network cards can be isolated from this host.
   *
   * @param reason why not, with the remedy; empty when they can be
   */
  public record Isolation(boolean usable, String reason) {}

  /**
   * @param name {@code kvm} or {@code tcg}
   * @param reason why it is unusable; empty when it is usable
   */
  public record Accelerator(String name, boolean usable, String reason) {}

  /** A domain seen alive, with the generation that its start command had and libvirt's state. */
  public record RunningDomain(DomainId domainId, long generation, String state) {}
}

package io.drover.scheduler;

import io.drover.contracts.id.DerivedId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.report.HostReport;
import io.drover.contracts.report.HostReport.Accelerator;
import io.drover.contracts.report.HostReport.RunningDomain;
import io.drover.scheduler.ledger.model.Host;
import io.drover.scheduler.ledger.model.HostStanding;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Hosts for tests; a name always gives the same id. */
public final class TestHosts {
  public static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  public static final String DEFINITION =
      "<domain type='qemu'><name>vm</name><memory unit='MiB'>64</memory><vcpu>1</vcpu>"
          + "<os><type arch='x86_64' machine='q35'>hvm</type></os></domain>";

  /** What each host has for volumes: ten of the stage's. */
  public static final long DISK = 10L << 30;

  private TestHosts() {}

  public static HostId id(String name) {
    return new HostId(DerivedId.of(new UUID(1, 1), name));
  }

  public static Host host(String name, int freeVcpus, long freeMemoryMib) {
    return new Host(
        id(name),
        name,
        1,
        1,
        NOW,
        freeVcpus,
        freeMemoryMib,
        new Host.DiskLedger(DISK, DISK, 0),
        Set.of("tcg"),
        null,
        "http://h",
        1,
        0,
        0,
        0,
        HostStanding.good(NOW));
  }

  public static Host reportedAt(Host host, Instant at) {
    return new Host(
        host.id(),
        host.name(),
        host.epoch(),
        host.reportSequence(),
        at,
        host.vcpus(),
        host.memoryMib(),
        host.disk(),
        host.accelerators(),
        host.isolationLack(),
        host.agentUrl(),
        host.generation(),
        host.usedVcpus(),
        host.usedMemoryMib(),
        host.clockSkewMillis(),
        host.standing());
  }

  /** The same as a later report of its epoch has it. */
  public static Host numbered(Host host, long number) {
    return new Host(
        host.id(),
        host.name(),
        host.epoch(),
        number,
        host.reportedAt(),
        host.vcpus(),
        host.memoryMib(),
        host.disk(),
        host.accelerators(),
        host.isolationLack(),
        host.agentUrl(),
        host.generation(),
        host.usedVcpus(),
        host.usedMemoryMib(),
        host.clockSkewMillis(),
        host.standing());
  }

  /** The same with this room for volumes. */
  public static Host withDisk(Host host, Host.DiskLedger disk) {
    return new Host(
        host.id(),
        host.name(),
        host.epoch(),
        host.reportSequence(),
        host.reportedAt(),
        host.vcpus(),
        host.memoryMib(),
        disk,
        host.accelerators(),
        host.isolationLack(),
        host.agentUrl(),
        host.generation(),
        host.usedVcpus(),
        host.usedMemoryMib(),
        host.clockSkewMillis(),
        host.standing());
  }

  /** The same with what its agent says of isolation. */
  public static HostReport isolating(HostReport report, HostReport.@Nullable Isolation isolation) {
    return new HostReport(
        report.hostId(),
        report.name(),
        report.epoch(),
        report.sequence(),
        report.at(),
        report.vcpus(),
        report.memoryMib(),
        report.disk(),
        report.accelerators(),
        report.emulatorVersion(),
        report.capabilitiesDigest(),
        report.agentUrl(),
        report.domains(),
        report.domainsHash(),
        report.intake(),
        isolation);
  }

  /** The same with what it lacks to isolate guests; empty for nothing. */
  public static Host isolating(Host host, String lack) {
    return new Host(
        host.id(),
        host.name(),
        host.epoch(),
        host.reportSequence(),
        host.reportedAt(),
        host.vcpus(),
        host.memoryMib(),
        host.disk(),
        host.accelerators(),
        lack,
        host.agentUrl(),
        host.generation(),
        host.usedVcpus(),
        host.usedMemoryMib(),
        host.clockSkewMillis(),
        host.standing());
  }

  public static HostReport report(
      String name, long epoch, long sequence, Instant at, int vcpus, RunningDomain... running) {
    return new HostReport(
        id(name),
        name,
        epoch,
        sequence,
        at,
        vcpus,
        vcpus * 1024L,
        new HostReport.DiskSpace(DISK, DISK),
        List.of(new Accelerator("tcg", true, ""), new Accelerator("kvm", false, "no /dev/kvm")),
        "7.2.22",
        "00",
        URI.create("http://127.0.0.1:8083"),
        List.of(running),
        "00",
        new HostReport.Intake(1_000_000),
        new HostReport.Isolation(true, ""));
  }
}

package io.drover.gateway.host;

import io.drover.contracts.id.HostId;
import io.drover.contracts.report.HostReport.Accelerator;
import io.drover.contracts.report.HostReport.Isolation;
import io.drover.contracts.report.HostState;
import io.drover.contracts.report.HostState.Admission;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A host as the API shows it, with the age of what is known of it, in seconds. */
record HostView(
    HostId id,
    String name,
    State state,
    Admission admission,
    String reason,
    boolean takingCommands,
    Instant reportedAt,
    double ageSeconds,
    long clockSkewSeconds,
    long epoch,
    int vcpus,
    long memoryMib,
    int usedVcpus,
    long usedMemoryMib,
    HostState.@Nullable DiskRoom disk,
    int claims,
    int domains,
    List<Accelerator> accelerators,
    @Nullable Isolation isolation,
    String emulatorVersion,
    URI agentUrl) {
  /** One word for people. */
  enum State {
    UP,
    DOWN,
    /** It is up, and nothing new is placed on it. */
    DISABLED,
    REMOVED
  }

  static HostView of(HostState host, Instant now) {
    return new HostView(
        host.hostId(),
        host.name(),
        state(host),
        host.admission(),
        host.reason(),
        host.takingCommands(),
        host.reportedAt(),
        Math.max(0, Duration.between(host.reportedAt(), now).toMillis()) / 1_000.0,
        host.clockSkewSeconds(),
        host.epoch(),
        host.vcpus(),
        host.memoryMib(),
        host.usedVcpus(),
        host.usedMemoryMib(),
        host.disk(),
        host.claims(),
        host.domains(),
        host.accelerators(),
        host.isolation(),
        host.emulatorVersion(),
        host.agentUrl());
  }

  private static State state(HostState host) {
    if (host.admission() == Admission.REMOVED) {
      return State.REMOVED;
    }
    if (!host.up()) {
      return State.DOWN;
    }
    return host.admission() == Admission.DISABLED ? State.DISABLED : State.UP;
  }
}

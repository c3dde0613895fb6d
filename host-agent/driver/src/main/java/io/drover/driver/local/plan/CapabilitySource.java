package io.drover.driver.local.plan;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.HostCapabilities;
import io.drover.driver.capabilities.CapabilityQuery;
import io.drover.driver.capabilities.DomainCapabilities;
import io.drover.driver.capabilities.HostInspection;
import io.drover.driver.local.task.Waiting;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Finds out what this host can do, in the background of an opening. */
public final class CapabilitySource {
  /** Emulators in turn, TCG's and KVM's deadlines, and some room. */
  private static final Duration DEADLINE = Duration.ofSeconds(90);

  private final HostInspection inspection;
  private final CompletableFuture<HostCapabilities> found;

  /** Begins at once. */
  public CapabilitySource(DriverLayout layout, DriverOptions options, Executor background) {
    this.inspection =
        new HostInspection(
            layout.cache().resolve("capabilities"),
            layout.cache(),
            System.getenv().getOrDefault("PATH", ""),
            options.clock(),
            options.nanoTicker());
    this.found = CompletableFuture.supplyAsync(inspection::inspect, background);
  }

  public HostCapabilities host() {
    return Waiting.within(DEADLINE, found)
        .orElseThrow(
            () ->
                new ProblemException(
                    ErrorCode.TIMED_OUT,
                    "The probe of this host does not end; look at its QEMUs."));
  }

  /**
   * The same with the emulator that a definition names, wherever it lies.
   *
   * @param emulator null for any
   */
  HostCapabilities with(@Nullable String emulator) {
    return emulator == null ? host() : inspection.with(emulator, host());
  }

  public DomainCapabilities domain(CapabilityQuery query) {
    return inspection.domain(query, host());
  }
}

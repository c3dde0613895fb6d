package io.drover.driver.local;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.HostCapabilities;
import io.drover.driver.probe.AcceleratorFacts;
import io.drover.driver.probe.Emulator;
import io.drover.driver.probe.EmulatorSearch;
import io.drover.driver.probe.HostProbe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Finds out what this host can do, in the background of an opening. */
final class CapabilitySource {
  /** Emulators in turn, TCG's and KVM's deadlines, and some room. */
  private static final Duration DEADLINE = Duration.ofSeconds(90);

  private final HostProbe probe;

  CapabilitySource(DriverLayout layout, DriverOptions options) {
    this.probe =
        new HostProbe(
            layout.cache().resolve("capabilities"),
            layout.cache(),
            HostProbe.searchPath(System.getenv().getOrDefault("PATH", "")),
            options.clock(),
            options.nanoTicker());
  }

  HostCapabilities find() {
    EmulatorSearch search = probe.emulators();
    List<Emulator> emulators = search.found();
    List<AcceleratorFacts> accelerators =
        emulators.stream()
            .filter(emulator -> emulator.arch().equals("x86_64"))
            .findFirst()
            .map(probe::accelerators)
            .orElse(List.of());
    return new HostCapabilities(emulators, accelerators, search.leftOut());
  }

  static HostCapabilities await(CompletableFuture<HostCapabilities> found) {
    return Waiting.within(DEADLINE, found)
        .orElseThrow(
            () ->
                new ProblemException(
                    ErrorCode.TIMED_OUT,
                    "The probe of this host does not end; look at its QEMUs."));
  }
}

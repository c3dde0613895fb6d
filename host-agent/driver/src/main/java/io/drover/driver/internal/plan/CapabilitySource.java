package io.drover.driver.internal.plan;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.CapabilityQuery;
import io.drover.driver.DomainCapabilities;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.HostCapabilities;
import io.drover.driver.internal.capabilities.LocalInspection;
import io.drover.driver.internal.probe.HostProbe;
import io.drover.driver.internal.task.BoundedWait;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Finds out what this host can do, in the background of an opening; and again, where a domain needs
 * an emulator that did not answer then. For any thread.
 */
public final class CapabilitySource {
  /** Emulators in turn, TCG's and KVM's deadlines, and some room. */
  private static final Duration DEADLINE = Duration.ofSeconds(180);

  /** One that hangs would cost its whole deadline at each start. */
  private static final Duration BETWEEN_TRIALS = Duration.ofMinutes(1);

  private final LocalInspection inspection;
  private final LongSupplier nanoTicker;
  private volatile CompletableFuture<HostCapabilities> found = new CompletableFuture<>();
  private volatile OptionalLong triedAgain = OptionalLong.empty();

  /** Constructed; the probe begins with {@link #start}. */
  public CapabilitySource(DriverLayout layout, DriverOptions options) {
    this(
        new LocalInspection(
            layout.cache().resolve("capabilities"),
            layout.cache(),
            HostProbe.searchPath(System.getenv().getOrDefault("PATH", "")),
            options.clock(),
            options.nanoTicker()),
        options.nanoTicker());
  }

  CapabilitySource(LocalInspection inspection, LongSupplier nanoTicker) {
    this.inspection = inspection;
    this.nanoTicker = nanoTicker;
  }

  /** Begins the probe in the background. */
  public void start(Executor background) {
    found = CompletableFuture.supplyAsync(inspection::inspect, background);
  }

  public HostCapabilities host() {
    return BoundedWait.within(DEADLINE, found)
        .orElseThrow(
            () ->
                new ProblemException(
                    ErrorCode.TIMED_OUT,
                    "Probing this host's emulators did not end before its deadline; run each with -version."));
  }

  /** The same with the emulator that a definition needs: of its architecture, or named. */
  HostCapabilities offering(DomainDefinition definition) {
    HostCapabilities host = host();
    String emulator = definition.emulator();
    if (emulator != null) {
      return inspection.with(emulator, host);
    }
    return lacks(host, definition) ? again(definition) : host;
  }

  private static boolean lacks(HostCapabilities host, DomainDefinition definition) {
    return host.emulatorFor(EmulatorChoice.arch(definition)).isEmpty() && !host.leftOut().isEmpty();
  }

  private synchronized HostCapabilities again(DomainDefinition definition) {
    HostCapabilities host = host();
    long now = nanoTicker.getAsLong();
    boolean justTried =
        triedAgain.isPresent() && now - triedAgain.getAsLong() < BETWEEN_TRIALS.toNanos();
    if (lacks(host, definition) && !justTried) { // nobody else has tried meanwhile
      host = inspection.inspectAgain(host);
      found = CompletableFuture.completedFuture(host);
      triedAgain = OptionalLong.of(nanoTicker.getAsLong());
    }
    return host;
  }

  public DomainCapabilities domain(CapabilityQuery query) {
    return inspection.domain(query, host());
  }
}

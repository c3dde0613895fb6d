package io.drover.driver;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Finds out what this host can do, without a driver that is open. For any thread; blocks. */
public interface HostInspection {
  /**
   * An inspection of this host.
   *
   * @param cacheFolder what was found is kept there; made when it is missing
   * @param scratch an existing folder with a short path, for the probes' sockets and disks
   * @param pathVariable the folders to look for emulators in, as in {@code PATH}
   * @param clock wall time
   * @param nanoTicker monotonic nanoseconds
   */
  static HostInspection of(
      Path cacheFolder,
      Path scratch,
      String pathVariable,
      InstantSource clock,
      LongSupplier nanoTicker) {
    return DriverProvider.installed()
        .inspection(cacheFolder, scratch, pathVariable, clock, nanoTicker);
  }

  /** Everything; takes seconds where nothing is cached, milliseconds otherwise. */
  HostCapabilities inspect();

  /**
   * What one kind of domain can have.
   *
   * @param host what {@link #inspect} has found
   * @throws io.drover.contracts.error.ProblemException {@code INVALID_REQUEST} for a machine or a
   *     type that the emulator does not have, {@code EMULATOR_UNUSABLE} for an emulator or an
   *     accelerator that cannot be used
   */
  DomainCapabilities domain(CapabilityQuery query, HostCapabilities host);
}

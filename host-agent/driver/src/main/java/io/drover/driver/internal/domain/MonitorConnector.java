package io.drover.driver.internal.domain;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.DriverOptions;
import io.drover.driver.internal.folder.DomainFolder;
import java.io.IOException;
import java.nio.file.Files;

/** Connects to a QEMU that was just started and makes its monitor in a moment. */
final class MonitorConnector {
  /** How often the socket is tried until QEMU has made it; its exit ends the wait at once. */
  private static final long TRY_EVERY_NANOS = 400_000;

  private MonitorConnector() {}

  /** Waits for the start deadline at most. */
  static LocalDomain connect(LocalDomain domain, DriverOptions options) {
    long deadline = options.nanoTicker().getAsLong() + options.startDeadline().toNanos();
    while (!connected(domain)) {
      if (domain.process().exitWithinNanos(TRY_EVERY_NANOS)) {
        throw new ProblemException(
            ErrorCode.QEMU_START_FAILED, "QEMU exited before it opened its monitor.");
      }
      if (options.nanoTicker().getAsLong() - deadline > 0) {
        throw new ProblemException(
            ErrorCode.QEMU_START_FAILED,
            "QEMU did not open its monitor within " + options.startDeadline() + ".");
      }
    }
    return domain;
  }

  /** To look for the socket costs next to nothing; between its making and listening it refuses. */
  private static boolean connected(LocalDomain domain) {
    if (!Files.exists(domain.folder().resolve(DomainFolder.MONITOR))) {
      return false;
    }
    try {
      domain.monitor().connect();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}

package io.drover.driver.internal.process;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** QEMU runs as root only where that was asked for. Pure but for the log; for any thread. */
public final class QemuUserRule {
  private static final Logger LOG = LoggerFactory.getLogger(QemuUserRule.class);
  private static final long ROOT = 0;

  private QemuUserRule() {}

  /**
   * Refuses that QEMU would run as root without the explicit word, and reports it where it does.
   *
   * @param own the user that this process runs as
   * @param user the one that QEMU shall run as, or empty for this process's own
   * @param asRootAllowed the explicit word
   * @throws ProblemException {@code INVALID_REQUEST}
   */
  public static void check(long own, Optional<UserIds> user, boolean asRootAllowed) {
    if (user.map(UserIds::uid).orElse(own) != ROOT) {
      return;
    }
    if (!asRootAllowed) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "QEMU would run as root, and a guest that breaks out of it would own the host. Name an"
              + " unprivileged user: DROVER_QEMU_USER of an agent, DriverOptions.withQemuUser of a"
              + " program. To run QEMU as root nevertheless set DROVER_QEMU_USER=root, or"
              + " DriverOptions.builder().qemuAsRoot(true).");
    }
    LOG.warn(
        "QEMU runs as root, as configured: a guest that breaks out of it owns this host. Configure"
            + " an unprivileged user for QEMU (DROVER_QEMU_USER of an agent).");
  }
}

package io.drover.driver.internal.domain;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.DriverOptions;
import io.drover.driver.internal.process.QemuProcess;
import io.drover.driver.internal.qmp.QmpConnection;
import io.drover.driver.internal.qmp.QmpException;
import io.drover.driver.internal.qmp.RunState;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a QEMU: first asks, then insists. */
final class QemuTerminator {
  private static final Logger LOG = LoggerFactory.getLogger(QemuTerminator.class);

  private QemuTerminator() {}

  /** Returns when the process is gone; each of the three ways has the stop deadline. */
  static void end(LocalDomain domain, QemuProcess process, DriverOptions options) {
    Duration deadline = options.stopDeadline();
    if (quit(domain) && process.awaitExit(deadline)) {
      return;
    }
    process.terminate();
    if (process.awaitExit(deadline)) {
      return;
    }
    LOG.warn("QEMU of domain {} did not exit on SIGTERM; sending SIGKILL", domain.id());
    process.kill();
    if (!process.awaitExit(deadline)) {
      throw new ProblemException(
          ErrorCode.QEMU_UNRESPONSIVE,
          "The QEMU of domain "
              + domain.name()
              + " (process "
              + process.identity().pid()
              + ") did not exit on SIGKILL; its storage may hang, see the host's kernel log.");
    }
  }

  /** Whether QEMU has taken the command; a monitor that is busy or gone has not. */
  private static boolean quit(LocalDomain domain) {
    Optional<QmpConnection> monitor = domain.monitor().open();
    if (monitor.isEmpty()) {
      return false;
    }
    try {
      monitor.get().execute(RunState.quit());
      return true;
    } catch (QmpException.Disconnected e) {
      return true;
    } catch (QmpException e) {
      LOG.info("QMP quit of domain {} failed, sending SIGTERM: {}", domain.id(), e.getMessage());
      return false;
    }
  }
}

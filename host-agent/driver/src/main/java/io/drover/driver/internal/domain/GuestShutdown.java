package io.drover.driver.internal.domain;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.DriverOptions;
import io.drover.driver.ShutdownMode;
import io.drover.driver.internal.qmp.GuestAgent;
import io.drover.driver.internal.qmp.RunState;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a guest to power off. */
final class GuestShutdown {
  private static final Logger LOG = LoggerFactory.getLogger(GuestShutdown.class);
  private final LocalDomain domain;
  private final DriverOptions options;

  GuestShutdown(LocalDomain domain, DriverOptions options) {
    this.domain = domain;
    this.options = options;
  }

  void ask(ShutdownMode mode) {
    switch (mode) {
      case AGENT -> askAgent();
      case ACPI -> domain.execute(RunState.systemPowerdown());
      case ANY -> askAny();
    }
  }

  private void askAny() {
    if (Files.exists(agentSocket())) {
      try {
        askAgent();
        return;
      } catch (ProblemException e) {
        LOG.info("The guest agent of domain {} did not answer; shutting down by ACPI", domain.id());
      }
    }
    domain.execute(RunState.systemPowerdown());
  }

  private void askAgent() {
    Path socket = agentSocket();
    if (!Files.exists(socket)) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "Domain " + domain.name() + " has no channel for a guest agent; use ACPI.");
    }
    new GuestAgent(
            socket,
            domain.monitor()::requireQemu,
            options.qmpDeadlines().query(),
            options.nanoTicker())
        .shutDown();
  }

  private Path agentSocket() {
    return domain.folder().resolve(GuestAgent.SOCKET_NAME);
  }
}

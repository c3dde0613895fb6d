package io.drover.driver.internal.domain;

import io.drover.contracts.error.ProblemException;
import io.drover.driver.DomainState;
import io.drover.driver.DomainStatus;
import io.drover.driver.StateReason;
import io.drover.driver.internal.folder.DomainFolder;
import io.drover.driver.internal.journal.JournalEntry;
import io.drover.driver.internal.process.LogTail;
import io.drover.driver.internal.process.ProcessIdentity;
import io.drover.driver.internal.process.QemuProcess;
import io.drover.driver.internal.qmp.QmpException;
import io.drover.driver.internal.qmp.RunState;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the domain of a journal entry again; kills nothing that may have run a guest. */
final class DomainReattacher {
  private static final Logger LOG = LoggerFactory.getLogger(DomainReattacher.class);
  private final DriverContext context;
  private final String bootId;
  private final QemuScan scan;

  DomainReattacher(DriverContext context, String bootId, QemuScan scan) {
    this.context = context;
    this.bootId = bootId;
    this.scan = scan;
  }

  /**
   * Looks for the process and queries its status.
   *
   * @param onFound gets a domain whose process exists
   */
  void find(JournalEntry written, Consumer<LocalDomain> onFound) {
    JournalEntry entry = withProcess(written);
    Optional<QemuProcess> process =
        entry.bootId().equals(bootId) ? QemuProcess.find(entry.process()) : Optional.empty();
    DomainStateMachine journalled =
        DomainStateMachine.of(new DomainStatus(entry.reason().state(), entry.reason()));
    LogTail output = LogTail.fromNow(entry.files().log());
    if (process.isEmpty()) {
      new LocalDomain(context, entry, journalled, QemuProcess.gone(entry.process()), output)
          .store()
          .endBefore(gone(entry, journalled));
      return;
    }
    LocalDomain domain = new LocalDomain(context, entry, journalled, process.get(), output);
    onFound.accept(domain);
    domain.watch().watchProcess();
    context
        .resources()
        .reattach(
            entry.resources(),
            e -> LOG.error("Taking over a host resource of domain {} failed", entry.id(), e),
            domain.watch()::resourceLost);
    try {
      connect(domain, journalled);
      RunState.Status status = domain.execute(RunState.queryStatus());
      new DomainFolder(entry.folder()).removeMasterKey();
      domain.store().findNow(machine -> machine.found(status));
      settleUnfinished(domain, journalled);
    } catch (IOException | QmpException | ProblemException e) {
      LOG.warn("Connecting to the QMP monitor of domain {} failed", entry.id(), e);
      domain.store().findNow(machine -> machine.unresponsive(String.valueOf(e.getMessage())));
    }
  }

  /** The driver may have died between the start of QEMU and the note of its number. */
  private JournalEntry withProcess(JournalEntry written) {
    return written.process().equals(ProcessIdentity.NOT_YET_KNOWN)
        ? scan.listeningOn(written.monitor()).map(written::withProcess).orElse(written)
        : written;
  }

  /** A QEMU whose start was interrupted may still be on the way to its monitor. */
  private void connect(LocalDomain domain, DomainStateMachine journalled) throws IOException {
    if (interruptedStart(journalled)) {
      MonitorConnector.connect(domain, context.options());
    } else {
      domain.monitor().connect();
    }
  }

  private static boolean interruptedStart(DomainStateMachine journalled) {
    return journalled.status().reason() == StateReason.PAUSED_STARTING_UP;
  }

  /** A start or an end that was interrupted with the driver is finished the way that is safe. */
  private void settleUnfinished(LocalDomain domain, DomainStateMachine journalled) {
    StateReason now = domain.status().reason();
    if (now == StateReason.PAUSED_STARTING_UP && interruptedStart(journalled)) {
      LOG.info(
          "Domain {} is destroyed: its start was interrupted before its CPUs ran", domain.id());
      domain.destroy();
    } else {
      domain.ending().settle(journalled.status().state());
      domain.resumeOperations();
    }
  }

  private DomainStateMachine gone(JournalEntry entry, DomainStateMachine journalled) {
    if (!entry.bootId().equals(bootId)) {
      return journalled.gone(StateReason.SHUTOFF_UNKNOWN, "The host was rebooted.");
    }
    if (journalled.status().state() == DomainState.SHUTDOWN) {
      return journalled.gone(StateReason.SHUTOFF_SHUTDOWN, "");
    }
    if (interruptedStart(journalled)) {
      return journalled.gone(StateReason.SHUTOFF_FAILED, "Its start was interrupted.");
    }
    return journalled.gone(StateReason.SHUTOFF_CRASHED, "QEMU ended while no driver was watching.");
  }
}

package io.drover.driver.internal.operation.power;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.Done;
import io.drover.contracts.operation.Reboot;
import io.drover.driver.DomainState;
import io.drover.driver.internal.operation.OperationEnd;
import io.drover.driver.internal.operation.OperationHandler;
import io.drover.driver.internal.operation.OperationRun;
import io.drover.driver.internal.operation.RunningGuest;
import io.drover.driver.internal.qmp.GuestAgent;
import io.drover.driver.internal.qmp.RunState;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the guest to boot again. ACPI has no button for that: the guest is asked to power off, and
 * that it is to be reset then is journalled before, so that another driver than this one does it
 * too; see {@link PendingReboot}.
 */
public final class RebootHandler implements OperationHandler<Reboot, Done> {
  private static final Logger LOG = LoggerFactory.getLogger(RebootHandler.class);

  @Override
  public Class<Reboot> operation() {
    return Reboot.class;
  }

  @Override
  public boolean journalled() {
    return true;
  }

  @Override
  public OperationEnd<Done> handle(Reboot operation, OperationRun run) {
    RunningGuest guest = run.guest();
    if (guest.status().state() != DomainState.RUNNING) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "Domain "
              + guest.name()
              + " is "
              + guest.status().state().word()
              + ", and only a guest that runs can boot again; resume or reset it.");
    }
    if (operation.mode() == Reboot.Mode.AGENT) {
      agent(guest).reboot();
      return OperationEnd.of(Done.DONE);
    }
    if (operation.mode() == Reboot.Mode.DEFAULT && agentIsAsked(guest)) {
      return OperationEnd.of(Done.DONE);
    }
    run.note(PendingReboot.NOTES);
    guest.execute(RunState.systemPowerdown());
    return OperationEnd.of(Done.DONE);
  }

  private static boolean agentIsAsked(RunningGuest guest) {
    Optional<GuestAgent> agent = guest.agent();
    if (agent.isEmpty()) {
      return false;
    }
    try {
      agent.get().reboot();
      return true;
    } catch (ProblemException e) {
      LOG.info("The guest agent of domain {} did not answer; shutting down by ACPI", guest.name());
      return false;
    }
  }

  private static GuestAgent agent(RunningGuest guest) {
    return guest
        .agent()
        .orElseThrow(
            () ->
                new ProblemException(
                    ErrorCode.INVALID_STATE,
                    "Domain " + guest.name() + " has no channel for a guest agent; use ACPI."));
  }

  /**
   * Whether the guest was asked is not known, and to ask twice does no harm; one that has powered
   * off meanwhile is reset as its note says.
   */
  @Override
  public OperationEnd<Done> resume(Reboot operation, OperationRun run) {
    if (run.guest().status().state() != DomainState.RUNNING
        && PendingReboot.isNoted(run.guest().jobs())) {
      return OperationEnd.of(Done.DONE);
    }
    return handle(operation, run);
  }
}

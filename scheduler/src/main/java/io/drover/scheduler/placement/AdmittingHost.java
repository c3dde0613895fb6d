package io.drover.scheduler.placement;

import io.drover.contracts.command.AdministerHost;
import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.HostAction;
import io.drover.contracts.command.SchedulerCommand;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.OperationFailed;
import io.drover.contracts.event.OperationSucceeded;
import io.drover.contracts.id.HostId;
import io.drover.contracts.operation.Done;
import io.drover.contracts.report.HostState.Admission;
import io.drover.scheduler.config.SchedulerSettings;
import io.drover.scheduler.ledger.HostSnapshot;
import io.drover.scheduler.ledger.OutcomeBuilder;
import io.drover.scheduler.ledger.model.Host;
import io.drover.scheduler.ledger.model.WaitingPlacement.Awaited;
import io.drover.scheduler.placement.CommandProcessor.Answer;
import io.drover.scheduler.placement.CommandProcessor.Asked;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Disables, enables or removes a host. The claims of a removed one are ended afterwards, each in a
 * transaction of its own.
 */
@ApplicationScoped
class AdmittingHost implements Answer {
  private static final Logger LOG = Logger.getLogger(AdmittingHost.class);

  private final HostSnapshot snapshot;
  private final Duration downAfter;

  AdmittingHost(HostSnapshot snapshot, SchedulerSettings settings) {
    this.snapshot = snapshot;
    this.downAfter = settings.hostDownAfter();
  }

  @Override
  public Optional<Awaited> answer(Asked asked, SchedulerCommand asCommand, OutcomeBuilder draft) {
    AdministerHost command = (AdministerHost) asCommand;
    CommandHeader header = command.header();
    HostId id = new HostId(header.subject());
    Optional<Host> host = asked.session().hosts().find(id);
    Optional<Problem> refusal =
        Refusals.expired(header, asked.since()).or(() -> refuse(asked, command, host));
    if (refusal.isPresent()) {
      draft.event(header, 0, new OperationFailed(name(command), refusal.get(), false));
      return Optional.empty();
    }
    asked
        .session()
        .hosts()
        .admit(id, admission(command), reason(command))
        .ifPresent(snapshot::note);
    LOG.infof(
        "Host %s: host=%s by %s (%s)",
        command.action(), id, header.cause().actor(), command.reason());
    draft.event(header, 0, new OperationSucceeded(name(command), Done.DONE));
    return Optional.empty();
  }

  private Optional<Problem> refuse(Asked asked, AdministerHost command, Optional<Host> host) {
    if (!command.header().operator()) {
      return Optional.of(
          Problem.of(ErrorCode.FORBIDDEN, "Only an operator may change a host; ask one."));
    }
    if (host.filter(it -> !it.isRemoved()).isEmpty()) {
      return Optional.of(
          Problem.of(
              ErrorCode.NOT_FOUND,
              "There is no host " + command.header().subject() + "; list the hosts."));
    }
    return command.action() == HostAction.REMOVE && !command.force()
        ? inUse(asked, host.get())
        : Optional.empty();
  }

  private Optional<Problem> inUse(Asked asked, Host host) {
    int claims = asked.session().claims().onHost(host.id()).size();
    boolean up = host.isUp(asked.since(), downAfter);
    if (!up && claims == 0) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.of(
            ErrorCode.IN_USE,
            "The host %s %s and has %d claims of domains. Stop its domains and its agent first, or remove it by force with a reason: its domains then count as stopped, so make sure that none of them runs on."
                .formatted(host.name(), up ? "is up" : "is down", claims)));
  }

  private static Admission admission(AdministerHost command) {
    return switch (command.action()) {
      case DISABLE -> Admission.DISABLED;
      case ENABLE -> Admission.ENABLED;
      case REMOVE -> Admission.REMOVED;
    };
  }

  private static String reason(AdministerHost command) {
    return command.action() == HostAction.ENABLE ? "" : command.reason();
  }

  private static String name(AdministerHost command) {
    return command.action().name().toLowerCase(Locale.ROOT) + "-host";
  }
}

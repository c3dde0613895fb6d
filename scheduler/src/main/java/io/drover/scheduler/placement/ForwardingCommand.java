package io.drover.scheduler.placement;

import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.DeleteDomain;
import io.drover.contracts.command.DeleteVolume;
import io.drover.contracts.command.HostCommand;
import io.drover.contracts.command.SchedulerCommand;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.DomainDeleted;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.event.VolumeFailed;
import io.drover.contracts.id.HostId;
import io.drover.scheduler.ledger.OutcomeBuilder;
import io.drover.scheduler.ledger.model.Host;
import io.drover.scheduler.ledger.model.Subject;
import io.drover.scheduler.ledger.model.VolumeBinding;
import io.drover.scheduler.placement.CommandProcessor.Answer;
import io.drover.scheduler.placement.CommandProcessor.Asked;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Sends a command to the host that owns its subject. The command keeps the gateway's id, which is
 * as lasting as one derived here. What no host has is answered at once.
 */
@ApplicationScoped
class ForwardingCommand implements Answer {
  @Override
  public void answer(Asked asked, SchedulerCommand command, OutcomeBuilder draft) {
    CommandHeader header = command.header();
    Optional<Owner> owner = owner(asked, command);
    Optional<Problem> expired = Refusals.expired(header, asked.since());
    if (expired.isPresent()) {
      boolean running = asked.claim().isPresent();
      draft.event(header, asked.subject().generation(), failure(command, expired.get(), running));
    } else if (owner.isPresent()) {
      draft.command(owner.get().hostId(), addressed(asked, command, owner.get()));
    } else {
      draft.event(header, asked.subject().generation(), withoutHost(asked, command));
    }
  }

  /** The host that has the subject, and the generation under which it has it. */
  private record Owner(HostId hostId, long generation) {}

  private static Optional<Owner> owner(Asked asked, SchedulerCommand command) {
    Subject subject = asked.subject();
    if (command instanceof DeleteVolume) {
      return asked.session().volumes().find(subject.id()).map(ForwardingCommand::owner);
    }
    Optional<Owner> claimed =
        asked.claim().map(claim -> new Owner(claim.hostId(), claim.generation()));
    if (claimed.isEmpty() && command instanceof DeleteDomain && !subject.deleted()) {
      // A stopped domain has left files on the host where it ran last.
      return subject.lastHost().map(host -> new Owner(host, subject.generation()));
    }
    return claimed;
  }

  private static Owner owner(VolumeBinding volume) {
    return new Owner(volume.hostId(), volume.generation());
  }

  private static HostCommand addressed(Asked asked, SchedulerCommand command, Owner owner) {
    Host host = asked.session().hosts().find(owner.hostId()).orElseThrow();
    CommandHeader header = command.header();
    return ((HostCommand) command)
        .withHeader(
            new CommandHeader(
                header.id(),
                header.operationId(),
                header.projectId(),
                header.subject(),
                owner.generation(),
                host.epoch(),
                header.expiresAt(),
                header.cause()));
  }

  private static Event withoutHost(Asked asked, SchedulerCommand command) {
    if (command instanceof DeleteVolume) {
      asked.session().subjects().deleted(asked.subject().id());
      return new VolumeDeleted();
    }
    if (command instanceof DeleteDomain) {
      asked.session().subjects().deleted(asked.subject().id());
      return new DomainDeleted();
    }
    return failure(
        command,
        Problem.of(
            ErrorCode.INVALID_STATE, "The domain does not run, so there is nothing to stop."),
        false);
  }

  private static Event failure(SchedulerCommand command, Problem problem, boolean running) {
    return command instanceof DeleteVolume
        ? new VolumeFailed(problem, "route")
        : new DomainFailed(problem, "route", running);
  }
}

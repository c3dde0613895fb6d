package io.drover.scheduler.placement;

import io.drover.contracts.command.AbortOperation;
import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.DeleteDomain;
import io.drover.contracts.command.DeleteVolume;
import io.drover.contracts.command.HostCommand;
import io.drover.contracts.command.OperateDomain;
import io.drover.contracts.command.SchedulerCommand;
import io.drover.contracts.command.StopDomain;
import io.drover.contracts.command.VolumeAttachment;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.DomainDeleted;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.OperationFailed;
import io.drover.contracts.event.OperationForwarded;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.event.VolumeFailed;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.KeyId;
import io.drover.scheduler.ledger.OutcomeBuilder;
import io.drover.scheduler.ledger.model.Host;
import io.drover.scheduler.ledger.model.StopWish;
import io.drover.scheduler.ledger.model.Subject;
import io.drover.scheduler.ledger.model.VolumeBinding;
import io.drover.scheduler.ledger.model.WaitingPlacement.Awaited;
import io.drover.scheduler.placement.CommandProcessor.Answer;
import io.drover.scheduler.placement.CommandProcessor.Asked;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Sends a command to the host that owns its subject. The command keeps the gateway's id, which is
 * as lasting as one derived here. What no host has is answered at once.
 */
@ApplicationScoped
class ForwardingCommand implements Answer {
  private static final Logger LOG = Logger.getLogger(ForwardingCommand.class);

  @Override
  public Optional<Awaited> answer(Asked asked, SchedulerCommand command, OutcomeBuilder draft) {
    CommandHeader header = command.header();
    Optional<Owner> owner = owner(asked, command);
    Optional<Problem> expired = Refusals.expired(header, asked.since());
    if (expired.isPresent()) {
      boolean running = asked.claim().isPresent();
      draft.event(header, asked.subject().generation(), failure(command, expired.get(), running));
    } else if (command instanceof DeleteDomain delete && delete.forcedBecause() != null) {
      force(asked, delete, owner, draft);
    } else if (owner.isPresent()) {
      forward(asked, command, owner.get(), draft);
    } else {
      draft.event(header, asked.subject().generation(), withoutHost(asked, command));
    }
    return Optional.empty();
  }

  private static void forward(
      Asked asked, SchedulerCommand command, Owner owner, OutcomeBuilder draft) {
    if (command instanceof OperateDomain operate) {
      Optional<Problem> elsewhere = elsewhere(asked, operate, owner);
      if (elsewhere.isPresent()) {
        draft.event(command.header(), owner.generation(), failure(command, elsewhere.get(), true));
        return;
      }
      draft.event(
          command.header(),
          owner.generation(),
          new OperationForwarded(owner.hostId(), keysOf(operate)));
    }
    HostCommand addressed = addressed(asked, command, owner);
    if (addressed instanceof StopDomain stop) {
      remember(asked, stop);
    }
    draft.command(owner.hostId(), addressed);
  }

  /** A host that does not get to it, because it is away, is asked again when it is back. */
  private static void remember(Asked asked, StopDomain stop) {
    CommandHeader header = stop.header();
    asked
        .session()
        .claims()
        .wantStop(
            header.subject(),
            header.generation(),
            new StopWish(header.id(), header.operationId(), stop.mode(), header.hostEpoch()));
  }

  /** Ends the claim without its host, which is told all the same. */
  private static void force(
      Asked asked, DeleteDomain delete, Optional<Owner> owner, OutcomeBuilder draft) {
    UUID domain = asked.subject().id();
    long generation = asked.subject().generation();
    LOG.warnf(
        "Deletion of domain=%s by force, by %s: %s",
        domain, delete.header().cause().actor(), delete.forcedBecause());
    asked.session().subjects().fence(domain, generation);
    asked.claim().ifPresent(claim -> asked.session().claims().free(domain, claim.generation()));
    asked.session().subjects().deleted(domain, asked.since());
    draft.event(delete.header(), generation, new DomainDeleted());
    owner.ifPresent(has -> draft.command(has.hostId(), addressed(asked, delete, has)));
  }

  private static List<KeyId> keysOf(OperateDomain operate) {
    return operate.volumes().stream()
        .map(VolumeAttachment::keyId)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  /** A host can open only the volumes that it keeps. */
  private static Optional<Problem> elsewhere(Asked asked, OperateDomain operate, Owner owner) {
    return operate.volumes().stream()
        .filter(
            volume ->
                asked
                    .session()
                    .volumes()
                    .find(volume.volumeId().value())
                    .filter(binding -> binding.hostId().equals(owner.hostId()))
                    .isEmpty())
        .findFirst()
        .map(
            volume ->
                Problem.of(
                    ErrorCode.INVALID_STATE,
                    "The volume "
                        + volume.name()
                        + " is not on the host of the domain; make one there."));
  }

  /** The host that has the subject, and the generation under which it has it. */
  private record Owner(HostId hostId, long generation) {}

  private static Optional<Owner> owner(Asked asked, SchedulerCommand command) {
    Subject subject = asked.subject();
    if (command instanceof DeleteVolume) {
      return asked
          .session()
          .volumes()
          .find(subject.id())
          .map(ForwardingCommand::owner)
          .filter(owner -> isHost(asked, owner));
    }
    Optional<Owner> claimed =
        asked.claim().map(claim -> new Owner(claim.hostId(), claim.generation()));
    if (claimed.isEmpty() && command instanceof DeleteDomain && !subject.deleted()) {
      // A stopped domain has left files on the host where it ran last.
      return subject
          .lastHost()
          .map(host -> new Owner(host, subject.generation()))
          .filter(owner -> isHost(asked, owner));
    }
    return claimed;
  }

  /** Nobody waits for a host that was removed. */
  private static boolean isHost(Asked asked, Owner owner) {
    return asked
        .session()
        .hosts()
        .find(owner.hostId())
        .filter(host -> !host.isRemoved())
        .isPresent();
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
                header.cause(),
                header.operator()));
  }

  private static Event withoutHost(Asked asked, SchedulerCommand command) {
    if (command instanceof DeleteVolume) {
      asked.session().volumes().unbind(asked.subject().id());
      asked.session().subjects().deleted(asked.subject().id(), asked.since());
      return new VolumeDeleted();
    }
    if (command instanceof DeleteDomain) {
      asked.session().subjects().fence(asked.subject().id(), asked.subject().generation());
      asked.session().subjects().deleted(asked.subject().id(), asked.since());
      return new DomainDeleted();
    }
    String remedy =
        command instanceof StopDomain
            ? "there is nothing to stop."
            : "there is nothing to change; start it first.";
    return failure(
        command,
        Problem.of(ErrorCode.INVALID_STATE, "The domain does not run, so " + remedy),
        false);
  }

  private static Event failure(SchedulerCommand command, Problem problem, boolean running) {
    if (command instanceof DeleteVolume) {
      return new VolumeFailed(problem, "route");
    }
    if (command instanceof OperateDomain operate) {
      return new OperationFailed(operate.operation().name(), problem, running);
    }
    return command instanceof AbortOperation
        ? new OperationFailed(AbortOperation.NAME, problem, running)
        : new DomainFailed(problem, "route", running);
  }
}

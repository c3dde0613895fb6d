package io.drover.scheduler.placement;

import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.CreateVolume;
import io.drover.contracts.command.PlaceVolume;
import io.drover.contracts.command.SchedulerCommand;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.PlacementRefused;
import io.drover.contracts.event.StepCompleted;
import io.drover.contracts.event.VolumeFailed;
import io.drover.contracts.event.VolumePlaced;
import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.DerivedId;
import io.drover.contracts.time.NanoTicker;
import io.drover.scheduler.config.SchedulerSettings;
import io.drover.scheduler.ledger.HostSnapshot;
import io.drover.scheduler.ledger.OutcomeBuilder;
import io.drover.scheduler.ledger.model.Claim;
import io.drover.scheduler.ledger.model.Host;
import io.drover.scheduler.ledger.model.Subject;
import io.drover.scheduler.ledger.model.VolumeBinding;
import io.drover.scheduler.ledger.model.VolumeDemand;
import io.drover.scheduler.ledger.model.WaitingPlacement.Awaited;
import io.drover.scheduler.placement.CommandProcessor.Answer;
import io.drover.scheduler.placement.CommandProcessor.Asked;
import io.drover.scheduler.placement.model.Placement;
import io.drover.scheduler.placement.model.PlacementDecision;
import io.drover.scheduler.placement.model.PlacementDecision.NoHost;
import io.drover.scheduler.placement.model.PlacementDecision.Placed;
import io.drover.scheduler.placement.model.PlacementRequest;
import io.drover.scheduler.placement.model.PlacementRequest.NeededVolume;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds the host that will keep a volume, and has it created there. */
@ApplicationScoped
class PlacingVolume implements Answer {
  /** Each lost race means that others have won one, so a few suffice. */
  private static final int MAX_RACES = 10;

  private final HostSnapshot snapshot;
  private final NanoTicker ticker;
  private final Duration downAfter;
  private final double overcommit;
  private final Placement placement;

  PlacingVolume(HostSnapshot snapshot, NanoTicker ticker, SchedulerSettings settings) {
    this.snapshot = snapshot;
    this.ticker = ticker;
    this.downAfter = settings.hostDownAfter();
    this.overcommit = settings.diskOvercommit();
    this.placement = Placement.ofVolumes(overcommit);
  }

  @Override
  public Optional<Awaited> answer(Asked asked, SchedulerCommand asCommand, OutcomeBuilder draft) {
    PlaceVolume command = (PlaceVolume) asCommand;
    CommandHeader header = command.header();
    Optional<VolumeBinding> bound = asked.session().volumes().find(header.subject());
    if (bound.isPresent()) {
      draft.event(header, bound.get().generation(), new VolumeFailed(placed(bound.get()), "place"));
      return Optional.empty();
    }
    Optional<Problem> problem =
        asked.subject().deleted()
            ? Optional.of(Refusals.deleted("volume"))
            : Refusals.expired(header, asked.since());
    return problem.isPresent()
        ? refuse(asked, command, Refusals.because(problem.get()), draft)
        : place(asked, command, draft);
  }

  private static Optional<Awaited> refuse(
      Asked asked, PlaceVolume command, PlacementRefused refused, OutcomeBuilder draft) {
    draft.event(command.header(), asked.subject().generation(), refused);
    return Optional.empty();
  }

  private static Problem placed(VolumeBinding volume) {
    return Problem.of(
        ErrorCode.INVALID_STATE,
        "The volume is on host %s already (%s); delete it before it is created again."
            .formatted(volume.hostId(), volume.state()));
  }

  /** Binds the volume to a host and writes its creation down; or says why not, or what may help. */
  private Optional<Awaited> place(Asked asked, PlaceVolume command, OutcomeBuilder draft) {
    Optional<List<NeededVolume>> near = near(asked, command);
    if (near.isEmpty()) {
      return refuse(asked, command, Refusals.because(nowhere(command)), draft);
    }
    PlacementRequest request =
        PlacementRequest.ofVolume(command.sizeBytes(), near.get(), asked.since(), downAfter);
    List<Host> hosts = snapshot.hosts(asked.session(), asked.since());
    boolean fresh = false;
    for (int race = 0; race < MAX_RACES; race++) {
      PlacementDecision decision = placement.decide(request, hosts);
      if (decision instanceof NoHost none && fresh) {
        Optional<Awaited> awaited = asked.awaits(none);
        return awaited.isPresent() ? awaited : refuse(asked, command, Refusals.noHost(none), draft);
      }
      if (decision instanceof Placed found) {
        VolumeDemand binding = binding(asked, command, found);
        Optional<Host> host = asked.session().volumes().bind(binding);
        if (host.isPresent()) {
          snapshot.note(host.get());
          write(asked, command, binding, host.get(), draft);
          return Optional.empty();
        }
      }
      hosts = snapshot.reread(asked.session(), asked.since());
      fresh = true;
    }
    return refuse(asked, command, Refusals.lostRaces(MAX_RACES), draft);
  }

  /** What it is to be near, with its host; empty when that is on no host yet. */
  private static Optional<List<NeededVolume>> near(Asked asked, PlaceVolume command) {
    UUID near = command.near();
    if (near == null) {
      return Optional.of(List.of());
    }
    return asked
        .session()
        .volumes()
        .find(near)
        .map(VolumeBinding::hostId)
        .or(() -> asked.session().claims().find(near).map(Claim::hostId))
        .or(() -> asked.session().subjects().find(near).flatMap(Subject::lastHost))
        .map(host -> List.of(new NeededVolume(near.toString(), host)));
  }

  private static Problem nowhere(PlaceVolume command) {
    return Problem.of(
        ErrorCode.INVALID_STATE,
        "The volume is to be near %s, which is on no host; wait for its operation, or name another."
            .formatted(command.near()));
  }

  private VolumeDemand binding(Asked asked, PlaceVolume command, Placed found) {
    UUID volume = command.header().subject();
    long generation = asked.subject().generation() + 1;
    return new VolumeDemand(
        volume,
        generation,
        command.sizeBytes(),
        new CommandId(DerivedId.of(volume, generation + "/create-volume")),
        overcommit,
        found.hosts(),
        asked.since().minus(downAfter));
  }

  private void write(
      Asked asked, PlaceVolume command, VolumeDemand binding, Host host, OutcomeBuilder draft) {
    CommandHeader header = command.header();
    long generation = binding.generation();
    CommandHeader addressed =
        new CommandHeader(
            binding.createCommand(),
            header.operationId(),
            header.projectId(),
            header.subject(),
            generation,
            host.epoch(),
            header.expiresAt(),
            header.cause(),
            header.operator());
    draft
        .event(header, generation, new VolumePlaced(host.id(), host.name(), command.keyId()))
        .command(
            host.id(),
            new CreateVolume(
                addressed,
                command.name(),
                command.sizeBytes(),
                command.format(),
                command.keyId(),
                command.image()))
        .event(
            header,
            generation,
            new StepCompleted(
                "place", asked.since(), (ticker.nanos() - asked.sinceNanos()) / 1_000));
  }
}

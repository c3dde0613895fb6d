package io.drover.scheduler.placement;

import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.CreateVolume;
import io.drover.contracts.command.PlaceVolume;
import io.drover.contracts.command.Resources;
import io.drover.contracts.command.SchedulerCommand;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.StepCompleted;
import io.drover.contracts.event.VolumeFailed;
import io.drover.contracts.event.VolumePlaced;
import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.DerivedId;
import io.drover.contracts.time.NanoTicker;
import io.drover.scheduler.config.SchedulerSettings;
import io.drover.scheduler.ledger.HostSnapshot;
import io.drover.scheduler.ledger.OutcomeBuilder;
import io.drover.scheduler.ledger.model.Host;
import io.drover.scheduler.ledger.model.VolumeBinding;
import io.drover.scheduler.placement.CommandProcessor.Answer;
import io.drover.scheduler.placement.CommandProcessor.Asked;
import io.drover.scheduler.placement.model.Placement;
import io.drover.scheduler.placement.model.PlacementDecision;
import io.drover.scheduler.placement.model.PlacementDecision.NoHost;
import io.drover.scheduler.placement.model.PlacementDecision.Placed;
import io.drover.scheduler.placement.model.PlacementRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Finds the host that will keep a volume, and has it created there. */
@ApplicationScoped
class PlacingVolume implements Answer {
  private static final Resources NOTHING = new Resources(0, 0);

  private final HostSnapshot snapshot;
  private final NanoTicker ticker;
  private final Duration downAfter;
  private final Placement placement = Placement.ofVolumes();

  PlacingVolume(HostSnapshot snapshot, NanoTicker ticker, SchedulerSettings settings) {
    this.snapshot = snapshot;
    this.ticker = ticker;
    this.downAfter = settings.hostDownAfter();
  }

  @Override
  public void answer(Asked asked, SchedulerCommand asCommand, OutcomeBuilder draft) {
    PlaceVolume command = (PlaceVolume) asCommand;
    CommandHeader header = command.header();
    Optional<VolumeBinding> bound = asked.session().volumes().find(header.subject());
    if (bound.isPresent()) {
      draft.event(header, bound.get().generation(), new VolumeFailed(placed(bound.get()), "place"));
      return;
    }
    Optional<Problem> problem =
        asked.subject().deleted()
            ? Optional.of(Refusals.deleted("volume"))
            : Refusals.expired(header, asked.since());
    if (problem.isPresent()) {
      draft.event(header, asked.subject().generation(), Refusals.because(problem.get()));
      return;
    }
    PlacementDecision decision = decide(asked);
    if (decision instanceof NoHost none) {
      draft.event(header, asked.subject().generation(), Refusals.noHost(none));
    } else if (decision instanceof Placed found) {
      place(asked, command, found.hosts().get(0), draft);
    }
  }

  private static Problem placed(VolumeBinding volume) {
    return Problem.of(
        ErrorCode.INVALID_STATE,
        "The volume is on host %s already (%s); delete it before it is created again."
            .formatted(volume.hostId(), volume.state()));
  }

  private PlacementDecision decide(Asked asked) {
    PlacementRequest request =
        new PlacementRequest(NOTHING, false, List.of(), asked.since(), downAfter);
    PlacementDecision decision =
        placement.decide(request, snapshot.hosts(asked.session(), asked.since()));
    return decision instanceof NoHost
        ? placement.decide(request, snapshot.reread(asked.session(), asked.since()))
        : decision;
  }

  private void place(Asked asked, PlaceVolume command, Host host, OutcomeBuilder draft) {
    CommandHeader header = command.header();
    long generation = asked.subject().generation() + 1;
    CommandId create = new CommandId(DerivedId.of(header.subject(), generation + "/create-volume"));
    asked.session().subjects().placed(header.subject(), generation, host.id());
    asked
        .session()
        .volumes()
        .bind(
            new VolumeBinding(
                header.subject(),
                host.id(),
                generation,
                command.sizeBytes(),
                VolumeBinding.State.CREATING,
                create));
    CommandHeader addressed =
        new CommandHeader(
            create,
            header.operationId(),
            header.projectId(),
            header.subject(),
            generation,
            host.epoch(),
            host.onItsClock(header.expiresAt()),
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

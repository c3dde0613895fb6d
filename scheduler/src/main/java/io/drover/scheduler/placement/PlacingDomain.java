package io.drover.scheduler.placement;

import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.PlaceDomain;
import io.drover.contracts.command.SchedulerCommand;
import io.drover.contracts.command.StartDomain;
import io.drover.contracts.command.VolumeAttachment;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.event.PlacementRefused;
import io.drover.contracts.event.StepCompleted;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.time.NanoTicker;
import io.drover.scheduler.config.SchedulerSettings;
import io.drover.scheduler.ledger.HostSnapshot;
import io.drover.scheduler.ledger.OutcomeBuilder;
import io.drover.scheduler.ledger.model.Claim;
import io.drover.scheduler.ledger.model.ClaimRequest;
import io.drover.scheduler.ledger.model.Host;
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
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Finds a host for a domain, claims it, and has the domain started there. */
@ApplicationScoped
class PlacingDomain implements Answer {
  /** Each lost race means that others have won one, so a few suffice. */
  private static final int MAX_RACES = 10;

  private final HostSnapshot snapshot;
  private final NanoTicker ticker;
  private final Duration downAfter;
  private final Placement placement = Placement.ofDomains();

  PlacingDomain(HostSnapshot snapshot, NanoTicker ticker, SchedulerSettings settings) {
    this.snapshot = snapshot;
    this.ticker = ticker;
    this.downAfter = settings.hostDownAfter();
  }

  @Override
  public Optional<Awaited> answer(Asked asked, SchedulerCommand asCommand, OutcomeBuilder draft) {
    PlaceDomain command = (PlaceDomain) asCommand;
    CommandHeader header = command.header();
    Optional<Claim> live = asked.claim();
    if (live.isPresent() && !asked.last()) {
      return Optional.of(Awaited.FORMER_CLAIM);
    }
    if (live.isPresent()) {
      draft.event(
          header, live.get().generation(), new DomainFailed(claimed(live.get()), "place", true));
      return Optional.empty();
    }
    Optional<PlacementRefused> refusal = refuseUnseen(asked, command);
    if (refusal.isPresent()) {
      return refuse(asked, command, refusal.get(), draft);
    }
    return claim(asked, command, asked.subject().generation() + 1, draft);
  }

  private static Optional<Awaited> refuse(
      Asked asked, PlaceDomain command, PlacementRefused refused, OutcomeBuilder draft) {
    draft.event(command.header(), asked.subject().generation(), refused);
    return Optional.empty();
  }

  private static Problem claimed(Claim claim) {
    return Problem.of(
        ErrorCode.INVALID_STATE,
        "The domain has a claim already (generation %d, host %s, %s); stop it before it is started again."
            .formatted(claim.generation(), claim.hostId(), claim.state()));
  }

  private static Optional<PlacementRefused> refuseUnseen(Asked asked, PlaceDomain command) {
    Optional<Problem> problem =
        asked.subject().deleted()
            ? Optional.of(Refusals.deleted("domain"))
            : Refusals.expired(command.header(), asked.since());
    return problem.map(Refusals::because);
  }

  /** Claims a host and writes its start down; or says why no host can be had, or what may help. */
  private Optional<Awaited> claim(
      Asked asked, PlaceDomain command, long generation, OutcomeBuilder draft) {
    PlacementRequest request = request(asked, command);
    List<Host> hosts = snapshot.hosts(asked.session(), asked.since());
    boolean fresh = false;
    for (int race = 0; race < MAX_RACES; race++) {
      PlacementDecision decision = placement.decide(request, hosts);
      if (decision instanceof NoHost none && fresh) {
        Optional<Awaited> awaited = asked.awaits(none);
        return awaited.isPresent() ? awaited : refuse(asked, command, Refusals.noHost(none), draft);
      }
      if (decision instanceof Placed placed) {
        Optional<Host> host =
            asked
                .session()
                .claims()
                .claim(claimRequest(asked, command, request, generation, placed));
        if (host.isPresent()) {
          snapshot.note(host.get());
          write(asked, command, generation, host.get(), draft);
          return Optional.empty();
        }
      }
      hosts = snapshot.reread(asked.session(), asked.since());
      fresh = true;
    }
    return refuse(asked, command, Refusals.lostRaces(MAX_RACES), draft);
  }

  private PlacementRequest request(Asked asked, PlaceDomain command) {
    List<UUID> ids = command.volumes().stream().map(volume -> volume.volumeId().value()).toList();
    Map<UUID, HostId> bound = asked.session().volumes().hostsOf(ids);
    return PlacementRequest.ofDomain(
        command.resources(),
        command.requirements(),
        command.volumes().stream()
            .map(volume -> new NeededVolume(volume.name(), bound.get(volume.volumeId().value())))
            .toList(),
        asked.since(),
        downAfter);
  }

  private ClaimRequest claimRequest(
      Asked asked, PlaceDomain command, PlacementRequest request, long generation, Placed placed) {
    UUID domain = command.header().subject();
    return new ClaimRequest(
        domain,
        generation,
        request.claimed(),
        command.header().operationId(),
        Claim.startCommandOf(domain, generation),
        placed.hosts(),
        asked.since(),
        asked.since().minus(downAfter));
  }

  private void write(
      Asked asked, PlaceDomain command, long generation, Host host, OutcomeBuilder draft) {
    CommandHeader header = command.header();
    List<KeyId> keys =
        command.volumes().stream()
            .map(VolumeAttachment::keyId)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    CommandHeader addressed =
        new CommandHeader(
            Claim.startCommandOf(header.subject(), generation),
            header.operationId(),
            header.projectId(),
            header.subject(),
            generation,
            host.epoch(),
            header.expiresAt(),
            header.cause(),
            header.operator());
    draft
        .event(
            header,
            generation,
            new DomainPlaced(
                host.id(), host.name(), URI.create(host.agentUrl()), command.resources(), keys))
        .command(
            host.id(),
            new StartDomain(addressed, command.name(), command.definition(), command.volumes()))
        .event(
            header,
            generation,
            new StepCompleted(
                "place", asked.since(), (ticker.nanos() - asked.sinceNanos()) / 1_000));
  }
}

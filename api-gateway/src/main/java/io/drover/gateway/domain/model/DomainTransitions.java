package io.drover.gateway.domain.model;

import static io.drover.gateway.domain.model.DomainPhase.DEFINED;
import static io.drover.gateway.domain.model.DomainPhase.DELETED;
import static io.drover.gateway.domain.model.DomainPhase.FAILED;
import static io.drover.gateway.domain.model.DomainPhase.PLACED;
import static io.drover.gateway.domain.model.DomainPhase.RUNNING;
import static io.drover.gateway.domain.model.DomainPhase.STOPPED;

import io.drover.contracts.event.DomainDeleted;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.DomainObserved;
import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.event.DomainStarted;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.PlacementRefused;
import io.drover.contracts.event.StopReason;
import io.drover.gateway.domain.model.DomainConditions.AssignedHost;
import io.drover.gateway.domain.model.DomainConditions.Observation;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What each event makes of a domain. Pure. An event of an older generation changes nothing; one
 * that the transition table forbids changes no phase.
 */
public final class DomainTransitions {
  /** The step of a start that the host has refused, so that nothing of it has begun. */
  private static final String REFUSED_START = "start-domain";

  private static final Set<String> LIVE =
      Set.of("running", "paused", "shutdown", "pmsuspended", "blocked");

  /** One event with what its envelope says. */
  private record Change(DomainConditions now, Event event, Instant at) {}

  private interface Transition<E extends Event> {
    DomainConditions apply(DomainConditions now, E event, Instant at);
  }

  private static final Map<Class<? extends Event>, Transition<?>> BY_EVENT =
      Map.of(
          DomainPlaced.class, (Transition<DomainPlaced>) DomainTransitions::placed,
          DomainStarted.class, (Transition<DomainStarted>) DomainTransitions::started,
          DomainStopped.class, (Transition<DomainStopped>) DomainTransitions::stopped,
          DomainFailed.class, (Transition<DomainFailed>) DomainTransitions::failed,
          DomainObserved.class, (Transition<DomainObserved>) DomainTransitions::observed,
          DomainDeleted.class, (Transition<DomainDeleted>) DomainTransitions::deleted,
          PlacementRefused.class, (Transition<PlacementRefused>) DomainTransitions::refused);

  private DomainTransitions() {}

  /** The next state; the same one when the event changes nothing. */
  public static DomainConditions apply(
      DomainConditions now, long generation, Event event, Instant at) {
    boolean ofClaim = !(event instanceof PlacementRefused || event instanceof DomainDeleted);
    if (generation < now.generation() && (ofClaim || generation > 0)) {
      return now;
    }
    if (!BY_EVENT.containsKey(event.getClass())) {
      return now;
    }
    if (event instanceof DomainPlaced placed && generation == now.generation() && generation > 0) {
      // Its host's own events are on another topic and were read first: they say what became of it.
      return now.withHost(host(placed));
    }
    DomainConditions current = now.withGeneration(Math.max(generation, now.generation()));
    return dispatch(new Change(current, event, at));
  }

  @SuppressWarnings("unchecked")
  private static DomainConditions dispatch(Change change) {
    Transition<Event> transition = (Transition<Event>) BY_EVENT.get(change.event().getClass());
    if (transition == null) {
      return change.now();
    }
    return transition.apply(change.now(), change.event(), change.at());
  }

  private static DomainConditions placed(DomainConditions now, DomainPlaced event, Instant at) {
    DomainConditions there = now.withHost(host(event));
    return become(there, PLACED) ? there.withPhase(PLACED).withProblem(null) : there;
  }

  private static AssignedHost host(DomainPlaced event) {
    return new AssignedHost(event.hostId(), event.hostName(), event.agentUrl());
  }

  private static DomainConditions started(DomainConditions now, DomainStarted event, Instant at) {
    if (!become(now, RUNNING)) {
      return now;
    }
    return now.withPhase(RUNNING)
        .withAccelerator(event.accelerator())
        .withObserved(new Observation("running", "booted", at))
        .withProblem(null);
  }

  private static DomainConditions stopped(DomainConditions now, DomainStopped event, Instant at) {
    DomainPhase next = event.reason() == StopReason.FAILED ? FAILED : STOPPED;
    if (!become(now, next)) {
      return now;
    }
    String reason = event.reason().name().toLowerCase(Locale.ROOT);
    return now.withPhase(next)
        .withAccelerator(null)
        .withObserved(new Observation("shutoff", reason, at));
  }

  private static DomainConditions failed(DomainConditions now, DomainFailed event, Instant at) {
    DomainConditions failing = now.withProblem(event.problem());
    boolean nothingRan = now.phase().atRest(); // an action on it failed, not its run
    if (event.running() || nothingRan || !become(now, FAILED)) {
      return failing;
    }
    if (REFUSED_START.equals(event.step()) && hadStopped(now)) {
      return notWanted(failing).withPhase(STOPPED);
    }
    return failing
        .withPhase(FAILED)
        .withAccelerator(null)
        .withObserved(new Observation("shutoff", "failed", at));
  }

  /** Whether it was stopped, and whole, before the start that is under way. */
  private static boolean hadStopped(DomainConditions now) {
    Observation last = now.observed();
    return now.phase() == PLACED
        && last != null
        && last.state().equals("shutoff")
        && !last.reason().equals("failed");
  }

  private static DomainConditions observed(DomainConditions now, DomainObserved event, Instant at) {
    DomainConditions seen = now.withObserved(new Observation(event.state(), event.reason(), at));
    boolean runs = LIVE.contains(event.state());
    return runs && now.phase() != RUNNING && become(now, RUNNING) ? seen.withPhase(RUNNING) : seen;
  }

  private static DomainConditions refused(
      DomainConditions now, PlacementRefused event, Instant at) {
    DomainConditions refused = notWanted(now).withProblem(event.problem());
    return now.phase() == DEFINED ? refused.withPhase(FAILED) : refused;
  }

  /** Nobody tries a start again that has not begun: what is wanted is what there is. */
  private static DomainConditions notWanted(DomainConditions now) {
    boolean startAsked = now.desired() == Desired.RUNNING && now.phase() != RUNNING;
    return startAsked ? now.withDesired(Desired.STOPPED) : now;
  }

  private static DomainConditions deleted(DomainConditions now, DomainDeleted event, Instant at) {
    return become(now, DELETED) ? now.withPhase(DELETED) : now;
  }

  private static boolean become(DomainConditions now, DomainPhase next) {
    return now.phase().canBecome(next);
  }
}

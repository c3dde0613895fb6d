package io.drover.gateway.domain.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.command.Resources;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.DomainDeleted;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.DomainObserved;
import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.event.DomainStarted;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.PlacementRefused;
import io.drover.contracts.event.StopReason;
import io.drover.contracts.id.HostId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DomainTransitionsTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final HostId HOST = new HostId(new UUID(1, 2));
  private static final Problem PROBLEM = Problem.of(ErrorCode.NO_VALID_HOST, "None of 3.");
  private static final DomainPlaced PLACED =
      new DomainPlaced(HOST, "h", URI.create("http://h:1"), new Resources(1, 64), List.of());

  private static DomainConditions walk(long generation, Event... events) {
    DomainConditions state = DomainConditions.defined(Desired.RUNNING);
    for (Event event : events) {
      state = DomainTransitions.apply(state, generation, event, AT);
    }
    return state;
  }

  @Test
  void aStartGoesOverPlacedToRunning() {
    DomainConditions state = walk(3, PLACED, new DomainStarted(HOST, "kvm"));
    assertThat(state.phase()).isEqualTo(DomainPhase.RUNNING);
    assertThat(state.generation()).isEqualTo(3);
    assertThat(state.accelerator()).isEqualTo("kvm");
    assertThat(state.observed().state()).isEqualTo("running");
  }

  @Test
  void anEventOfAnOlderGenerationChangesNothing() {
    DomainConditions running = walk(3, PLACED, new DomainStarted(HOST, "kvm"));
    List<Event> events =
        List.of(
            PLACED,
            new DomainStopped(HOST, StopReason.CRASHED, ""),
            new DomainFailed(PROBLEM, "spawn-qemu", false),
            new DomainObserved(HOST, "shutoff", "crashed"),
            new DomainDeleted());
    for (Event event : events) {
      assertThat(DomainTransitions.apply(running, 2, event, AT)).isEqualTo(running);
    }
  }

  @Test
  void aLateDomainPlacedTellsTheHostAndLeavesItRunning() {
    DomainConditions state = walk(1, new DomainStarted(HOST, "tcg"), PLACED);
    assertThat(state.phase()).isEqualTo(DomainPhase.RUNNING);
    assertThat(state.host().name()).isEqualTo("h");
  }

  @Test
  void aDomainPlacedThatIsReadAfterTheEndOfItsRunLeavesTheDomainStopped() {
    DomainConditions state =
        walk(
            1,
            new DomainStarted(HOST, "tcg"),
            new DomainStopped(HOST, StopReason.SHUTDOWN, ""),
            PLACED);
    assertThat(state.phase()).isEqualTo(DomainPhase.STOPPED);
    assertThat(state.host().name()).isEqualTo("h");
  }

  @Test
  void aRefusalOfARunningDomainsActionLeavesItRunning() {
    DomainConditions state =
        walk(1, PLACED, new DomainStarted(HOST, "tcg"), new DomainFailed(PROBLEM, "stop", true));
    assertThat(state.phase()).isEqualTo(DomainPhase.RUNNING);
    assertThat(state.lastProblem()).isEqualTo(PROBLEM);
  }

  @Test
  void aFailedActionOnAStoppedDomainLeavesItStopped() {
    DomainConditions state =
        walk(
            1,
            PLACED,
            new DomainStarted(HOST, "tcg"),
            new DomainStopped(HOST, StopReason.SHUTDOWN, ""),
            new DomainFailed(PROBLEM, "route", false));
    assertThat(state.phase()).isEqualTo(DomainPhase.STOPPED);
    assertThat(state.lastProblem()).isEqualTo(PROBLEM);
  }

  @Test
  void aRefusedStartLeavesAStoppedDomainStopped() {
    DomainConditions stopped =
        walk(
                1,
                PLACED,
                new DomainStarted(HOST, "tcg"),
                new DomainStopped(HOST, StopReason.SHUTDOWN, ""))
            .withDesired(Desired.RUNNING);
    DomainConditions refused =
        DomainTransitions.apply(stopped, 1, new PlacementRefused(PROBLEM, 3, List.of(), ""), AT);
    assertThat(refused.phase()).isEqualTo(DomainPhase.STOPPED);
    assertThat(refused.desired()).isEqualTo(Desired.STOPPED);
    assertThat(refused.lastProblem()).isEqualTo(PROBLEM);
  }

  @Test
  void aStartThatItsHostRefusesLeavesAStoppedDomainStopped() {
    DomainConditions stopped =
        walk(
            1,
            PLACED,
            new DomainStarted(HOST, "tcg"),
            new DomainStopped(HOST, StopReason.SHUTDOWN, ""));
    DomainConditions placedAgain =
        DomainTransitions.apply(stopped, 2, PLACED, AT).withDesired(Desired.RUNNING);
    DomainConditions refused =
        DomainTransitions.apply(
            placedAgain, 2, new DomainFailed(PROBLEM, "start-domain", false), AT);
    assertThat(refused.phase()).isEqualTo(DomainPhase.STOPPED);
    assertThat(refused.desired()).isEqualTo(Desired.STOPPED);
    assertThat(refused.lastProblem()).isEqualTo(PROBLEM);
  }

  @Test
  void aRefusedPlacementKeepsThatTheDomainIsToBeDeleted() {
    DomainConditions deleted = walk(1, PLACED).withDesired(Desired.DELETED);
    DomainConditions refused =
        DomainTransitions.apply(deleted, 1, new PlacementRefused(PROBLEM, 3, List.of(), ""), AT);
    assertThat(refused.desired()).isEqualTo(Desired.DELETED);
  }

  @Test
  void aRefusedPlacementFailsADomainThatHasNeverRun() {
    DomainConditions state = walk(0, new PlacementRefused(PROBLEM, 3, List.of(), ""));
    assertThat(state.phase()).isEqualTo(DomainPhase.FAILED);
    assertThat(state.desired()).isEqualTo(Desired.STOPPED);
    assertThat(state.lastProblem()).isEqualTo(PROBLEM);
  }

  @Test
  void aDomainThatIsFoundRunningAgainIsRunning() {
    DomainConditions state = walk(2, PLACED, new DomainObserved(HOST, "paused", "ioerror"));
    assertThat(state.phase()).isEqualTo(DomainPhase.RUNNING);
    assertThat(state.observed().reason()).isEqualTo("ioerror");
  }

  @Test
  void whatStoppedAfterAFailedStartIsFailed() {
    DomainConditions state = walk(2, PLACED, new DomainStopped(HOST, StopReason.FAILED, "no"));
    assertThat(state.phase()).isEqualTo(DomainPhase.FAILED);
    assertThat(state.observed().state()).isEqualTo("shutoff");
  }
}

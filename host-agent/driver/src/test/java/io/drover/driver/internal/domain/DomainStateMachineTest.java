package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.drover.contracts.json.ContractJson;
import io.drover.driver.DomainStatus;
import io.drover.driver.StateReason;
import io.drover.driver.internal.qmp.QmpEvent;
import io.drover.driver.internal.qmp.RunState;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainStateMachineTest {
  private static DomainStateMachine running() {
    return DomainStateMachine.startingUp().on(event("RESUME", "{}"));
  }

  private static QmpEvent event(String name, String data) {
    try {
      return new QmpEvent(name, ContractJson.mapper().readTree(data), Instant.EPOCH);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void theFirstResumeIsTheBoot() {
    assertThat(running().status().reason()).isEqualTo(StateReason.RUNNING_BOOTED);
  }

  @Test
  void aPauseThatWeAskedForIsTheUsers() {
    DomainStateMachine paused = running().pausing().on(event("STOP", "{}"));
    assertThat(paused.status().reason()).isEqualTo(StateReason.PAUSED_USER);
    DomainStateMachine resumed = paused.on(event("RESUME", "{}"));
    assertThat(resumed.status().reason()).isEqualTo(StateReason.RUNNING_UNPAUSED);
    assertThat(resumed.on(event("STOP", "{}")).status().reason())
        .isEqualTo(StateReason.PAUSED_UNKNOWN);
  }

  @Test
  void anIoErrorThatStopsTellsWhyItPaused() {
    assertThat(
            running()
                .on(event("BLOCK_IO_ERROR", "{\"action\":\"stop\"}"))
                .on(event("STOP", "{}"))
                .status()
                .reason())
        .isEqualTo(StateReason.PAUSED_IOERROR);
    assertThat(running().on(event("BLOCK_IO_ERROR", "{\"action\":\"report\"}")))
        .isEqualTo(running());
  }

  @ParameterizedTest
  @CsvSource({
    "guest-shutdown, SHUTDOWN_UNKNOWN, SHUTOFF_SHUTDOWN",
    "guest-reset, SHUTDOWN_UNKNOWN, SHUTOFF_SHUTDOWN",
    "guest-panic, SHUTDOWN_UNKNOWN, SHUTOFF_CRASHED",
    "host-qmp-quit, SHUTDOWN_USER, SHUTOFF_DESTROYED",
    "host-signal, SHUTDOWN_USER, SHUTOFF_DESTROYED"
  })
  void theEndIsNamedAfterItsCause(String cause, StateReason before, StateReason after) {
    DomainStateMachine down = running().on(event("SHUTDOWN", "{\"reason\":\"" + cause + "\"}"));
    assertThat(down.status().reason()).isEqualTo(before);
    assertThat(down.on(event("STOP", "{}")).status().reason()).isEqualTo(before);
    assertThat(down.ended(OptionalInt.of(0), "").status().reason()).isEqualTo(after);
  }

  @Test
  void anEndWithoutAWordIsACrash() {
    DomainStatus last = running().ended(OptionalInt.of(134), "assertion failed").status();
    assertThat(last.reason()).isEqualTo(StateReason.SHUTOFF_CRASHED);
    assertThat(last.detail()).contains("134").contains("assertion failed");
  }

  @Test
  void aPanicThatPausesIsACrash() {
    DomainStateMachine panicked =
        running().on(event("GUEST_PANICKED", "{\"action\":\"pause\"}")).on(event("STOP", "{}"));
    assertThat(panicked.status().reason()).isEqualTo(StateReason.CRASHED_PANICKED);
    assertThat(panicked.destroying().ended(OptionalInt.of(0), "").status().reason())
        .isEqualTo(StateReason.SHUTOFF_DESTROYED);
  }

  @Test
  void aDestroyedDomainIsDestroyedWhateverQemuSays() {
    assertThat(running().destroying().ended(OptionalInt.of(137), "x").status())
        .isEqualTo(running().destroying().ended(OptionalInt.empty(), "").status());
  }

  @Test
  void sleepAndWakeup() {
    DomainStateMachine asleep = running().on(event("SUSPEND", "{}"));
    assertThat(asleep.status().reason()).isEqualTo(StateReason.PMSUSPENDED_UNKNOWN);
    assertThat(asleep.on(event("WAKEUP", "{}")).status().reason())
        .isEqualTo(StateReason.RUNNING_WAKEUP);
  }

  @ParameterizedTest
  @CsvSource({
    "running, RUNNING_BOOTED",
    "paused, PAUSED_UNKNOWN",
    "io-error, PAUSED_IOERROR",
    "shutdown, SHUTDOWN_UNKNOWN",
    "guest-panicked, CRASHED_PANICKED",
    "suspended, PMSUSPENDED_UNKNOWN",
    "something-new, PAUSED_UNKNOWN"
  })
  void whatIsFoundAfterNobodyWatched(String status, StateReason expected) {
    DomainStateMachine found =
        running().found(new RunState.Status(status.equals("running"), status));
    assertThat(found.status().reason()).isEqualTo(expected);
  }

  @Test
  void whatWasPausedAndStillIsKeepsItsReason() {
    DomainStateMachine paused = running().pausing().on(event("STOP", "{}"));
    assertThat(paused.found(new RunState.Status(false, "paused"))).isEqualTo(paused);
  }
}

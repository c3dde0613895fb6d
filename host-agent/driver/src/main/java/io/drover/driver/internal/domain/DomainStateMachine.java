package io.drover.driver.internal.domain;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.driver.DomainState;
import io.drover.driver.DomainStatus;
import io.drover.driver.StateReason;
import io.drover.driver.internal.qmp.QmpEvent;
import io.drover.driver.internal.qmp.RunState;
import java.util.OptionalInt;

/**
 * A domain's state and what is known of the next one; pure. QEMU tells that it stopped and, in an
 * earlier event, why.
 *
 * @param nextPause why the next STOP comes
 * @param end why QEMU is going to exit
 */
record DomainStateMachine(DomainStatus status, StateReason nextPause, End end) {
  /** Why QEMU exits. */
  enum End {
    UNEXPECTED,
    GUEST_POWERED_OFF,
    GUEST_PANICKED,
    ENDED_BY_HOST
  }

  static DomainStateMachine startingUp() {
    return of(new DomainStatus(DomainState.PAUSED, StateReason.PAUSED_STARTING_UP));
  }

  static DomainStateMachine of(DomainStatus status) {
    return new DomainStateMachine(status, StateReason.PAUSED_UNKNOWN, End.UNEXPECTED);
  }

  private DomainStateMachine to(StateReason reason) {
    return new DomainStateMachine(new DomainStatus(reason.state(), reason), nextPause, end);
  }

  private DomainStateMachine expecting(StateReason pause) {
    return new DomainStateMachine(status, pause, end);
  }

  private DomainStateMachine endingBy(End cause) {
    return new DomainStateMachine(status, nextPause, cause);
  }

  /** We are about to stop the virtual CPUs. */
  DomainStateMachine pausing() {
    return expecting(StateReason.PAUSED_USER);
  }

  /** It was started and shall not run yet. */
  DomainStateMachine stayingPaused() {
    return to(StateReason.PAUSED_USER);
  }

  /** We are about to end QEMU. */
  DomainStateMachine destroying() {
    return endingBy(End.ENDED_BY_HOST);
  }

  /** QEMU has sent an event. */
  DomainStateMachine on(QmpEvent event) {
    JsonNode data = event.data();
    String action = data.path("action").asText();
    return switch (event.name()) {
      case "RESUME" -> resumed();
      case "STOP" -> stopped();
      case "SUSPEND", "SUSPEND_DISK" -> to(StateReason.PMSUSPENDED_UNKNOWN);
      case "WAKEUP" -> to(StateReason.RUNNING_WAKEUP);
      case "BLOCK_IO_ERROR" -> action.equals("stop") ? expecting(StateReason.PAUSED_IOERROR) : this;
      case "WATCHDOG" -> action.equals("pause") ? expecting(StateReason.PAUSED_WATCHDOG) : this;
      case "GUEST_PANICKED" ->
          action.equals("pause")
              ? to(StateReason.CRASHED_PANICKED).endingBy(End.GUEST_PANICKED)
              : endingBy(End.GUEST_PANICKED);
      case "SHUTDOWN" -> shutDown(data.path("reason").asText());
      default -> this;
    };
  }

  private DomainStateMachine resumed() {
    DomainStateMachine next =
        switch (status.state()) {
          case RUNNING -> this;
          // It was reset: its next end is another one.
          case SHUTDOWN, CRASHED -> to(StateReason.RUNNING_BOOTED).endingBy(End.UNEXPECTED);
          default ->
              status.reason() == StateReason.PAUSED_STARTING_UP
                  ? to(StateReason.RUNNING_BOOTED)
                  : to(StateReason.RUNNING_UNPAUSED);
        };
    return next.expecting(StateReason.PAUSED_UNKNOWN);
  }

  /** With {@code -no-shutdown} and after a panic a STOP follows that says nothing new. */
  private DomainStateMachine stopped() {
    return switch (status.state()) {
      case SHUTDOWN, CRASHED, SHUTOFF -> this;
      default -> to(nextPause).expecting(StateReason.PAUSED_UNKNOWN);
    };
  }

  private DomainStateMachine shutDown(String reason) {
    if (end != End.UNEXPECTED) {
      return end == End.ENDED_BY_HOST ? to(StateReason.SHUTDOWN_USER) : this;
    }
    return switch (reason) {
      case "host-qmp-quit", "host-signal", "host-ui" ->
          to(StateReason.SHUTDOWN_USER).endingBy(End.ENDED_BY_HOST);
      case "guest-panic" -> to(StateReason.SHUTDOWN_UNKNOWN).endingBy(End.GUEST_PANICKED);
      default -> to(StateReason.SHUTDOWN_UNKNOWN).endingBy(End.GUEST_POWERED_OFF);
    };
  }

  /** What {@code query-status} says after nobody was watching. */
  DomainStateMachine found(RunState.Status found) {
    return switch (found.status()) {
      case "running" ->
          status.state() == DomainState.RUNNING ? this : to(StateReason.RUNNING_UNKNOWN);
      case "prelaunch" -> status.state() == DomainState.PAUSED ? this : to(StateReason.PAUSED_USER);
      case "shutdown" -> to(StateReason.SHUTDOWN_UNKNOWN).endingBy(End.GUEST_POWERED_OFF);
      case "suspended" -> to(StateReason.PMSUSPENDED_UNKNOWN);
      case "guest-panicked" -> to(StateReason.CRASHED_PANICKED).endingBy(End.GUEST_PANICKED);
      case "io-error" -> to(StateReason.PAUSED_IOERROR);
      case "watchdog" -> to(StateReason.PAUSED_WATCHDOG);
      default -> status.state() == DomainState.PAUSED ? this : to(StateReason.PAUSED_UNKNOWN);
    };
  }

  /** The process is there and its monitor is not. */
  DomainStateMachine unresponsive(String why) {
    return new DomainStateMachine(
        new DomainStatus(DomainState.UNRESPONSIVE, StateReason.UNRESPONSIVE_MONITOR, why),
        nextPause,
        end);
  }

  /** QEMU is gone. */
  DomainStateMachine ended(OptionalInt exitStatus, String lastWords) {
    StateReason reason =
        switch (end) {
          case ENDED_BY_HOST -> StateReason.SHUTOFF_DESTROYED;
          case GUEST_POWERED_OFF -> StateReason.SHUTOFF_SHUTDOWN;
          case GUEST_PANICKED, UNEXPECTED -> StateReason.SHUTOFF_CRASHED;
        };
    String detail =
        end == End.UNEXPECTED
            ? exitText(exitStatus) + (lastWords.isEmpty() ? "" : "; it said: " + lastWords)
            : "";
    return new DomainStateMachine(
        new DomainStatus(DomainState.SHUTOFF, reason, detail), nextPause, end);
  }

  private static String exitText(OptionalInt exitStatus) {
    return exitStatus.isPresent()
        ? "QEMU ended with status " + exitStatus.getAsInt()
        : "QEMU ended while its status could not be read";
  }

  /** It was gone when we came. */
  DomainStateMachine gone(StateReason reason, String detail) {
    return new DomainStateMachine(
        new DomainStatus(DomainState.SHUTOFF, reason, detail), nextPause, end);
  }
}

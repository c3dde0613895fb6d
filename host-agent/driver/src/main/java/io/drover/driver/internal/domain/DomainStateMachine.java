package io.drover.driver.internal.domain;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.driver.DomainState;
import io.drover.driver.DomainStatus;
import io.drover.driver.LifecycleEvent.Detail;
import io.drover.driver.StateReason;
import io.drover.driver.internal.qmp.QmpEvent;
import io.drover.driver.internal.qmp.RunState;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A domain's state and what is known of the next one; pure. The transitions stand in {@link
 * Transitions}; QEMU tells that it stopped and, in an earlier event, why.
 *
 * @param nextPause why the next STOP comes
 * @param end why QEMU is going to exit
 * @param detail libvirt's event of the last transition; empty when it has none
 */
record DomainStateMachine(
    DomainStatus status, StateReason nextPause, End end, Optional<Detail> detail) {
  /** Why QEMU exits. */
  enum End {
    UNEXPECTED,
    GUEST_POWERED_OFF,
    GUEST_PANICKED,
    ENDED_BY_HOST;

    /** By QEMU's reason of a {@code SHUTDOWN}. */
    static End ofShutdown(String reason) {
      return switch (reason) {
        case "host-qmp-quit", "host-signal", "host-ui" -> ENDED_BY_HOST;
        case "guest-panic" -> GUEST_PANICKED;
        default -> GUEST_POWERED_OFF;
      };
    }
  }

  static DomainStateMachine startingUp() {
    return of(new DomainStatus(DomainState.PAUSED, StateReason.PAUSED_STARTING_UP));
  }

  static DomainStateMachine of(DomainStatus status) {
    return new DomainStateMachine(
        status, StateReason.PAUSED_UNKNOWN, End.UNEXPECTED, Optional.empty());
  }

  private DomainStateMachine expecting(StateReason pause) {
    return new DomainStateMachine(status, pause, end, detail);
  }

  private DomainStateMachine endingBy(End cause) {
    return new DomainStateMachine(status, nextPause, cause, detail);
  }

  /** The transition of the table; this same machine where there is none. */
  DomainStateMachine on(Trigger trigger) {
    return Transitions.of(Phase.of(status), trigger, nextPause)
        .map(step -> to(new DomainStatus(step.reason().state(), step.reason()), step))
        .orElse(this);
  }

  private DomainStateMachine to(DomainStatus next, Transitions.Step step) {
    return new DomainStateMachine(next, nextPause, end, Optional.ofNullable(step.detail()));
  }

  /** We are about to stop the virtual CPUs. */
  DomainStateMachine pausing() {
    return expecting(StateReason.PAUSED_USER);
  }

  /** It was started and shall not run yet. */
  DomainStateMachine stayingPaused() {
    return on(Trigger.STAYS_PAUSED);
  }

  /** We are about to end QEMU. */
  DomainStateMachine destroying() {
    return endingBy(End.ENDED_BY_HOST);
  }

  /** QEMU has sent an event. */
  DomainStateMachine on(QmpEvent event) {
    DomainStateMachine next = Trigger.of(event, end).map(this::on).orElse(this);
    JsonNode data = event.data();
    String action = data.path("action").asText();
    return switch (event.name()) {
      case "RESUME" -> next.afterResume(Phase.of(status));
      case "STOP" -> next == this ? this : next.expecting(StateReason.PAUSED_UNKNOWN);
      case "BLOCK_IO_ERROR" -> action.equals("stop") ? expecting(StateReason.PAUSED_IOERROR) : this;
      case "WATCHDOG" -> action.equals("pause") ? expecting(StateReason.PAUSED_WATCHDOG) : this;
      case "GUEST_PANICKED" -> next.endingBy(End.GUEST_PANICKED);
      case "SHUTDOWN" ->
          end == End.UNEXPECTED
              ? next.endingBy(End.ofShutdown(data.path("reason").asText()))
              : next;
      default -> next;
    };
  }

  private DomainStateMachine afterResume(Phase before) {
    boolean wasReset = before == Phase.SHUTDOWN || before == Phase.CRASHED;
    return (wasReset ? endingBy(End.UNEXPECTED) : this).expecting(StateReason.PAUSED_UNKNOWN);
  }

  /** What {@code query-status} says after nobody was watching. */
  DomainStateMachine found(RunState.Status found) {
    Trigger trigger = Trigger.of(found);
    DomainStateMachine next = on(trigger);
    return switch (trigger) {
      case FOUND_SHUT_DOWN -> next.endingBy(End.GUEST_POWERED_OFF);
      case FOUND_PANICKED -> next.endingBy(End.GUEST_PANICKED);
      default -> next;
    };
  }

  /** The process exists and its monitor cannot be used. */
  DomainStateMachine unresponsive(String why) {
    DomainStateMachine lost = on(Trigger.MONITOR_LOST);
    return lost == this
        ? this
        : new DomainStateMachine(
            new DomainStatus(lost.status.state(), lost.status.reason(), why),
            nextPause,
            end,
            lost.detail);
  }

  /** QEMU has exited. */
  DomainStateMachine ended(OptionalInt exitStatus, String lastOutput) {
    StateReason reason =
        switch (end) {
          case ENDED_BY_HOST -> StateReason.SHUTOFF_DESTROYED;
          case GUEST_POWERED_OFF -> StateReason.SHUTOFF_SHUTDOWN;
          case GUEST_PANICKED, UNEXPECTED -> StateReason.SHUTOFF_CRASHED;
        };
    String text =
        end == End.UNEXPECTED
            ? exitText(exitStatus) + (lastOutput.isEmpty() ? "" : "; its output: " + lastOutput)
            : "";
    return shutOff(reason, text);
  }

  private static String exitText(OptionalInt exitStatus) {
    return exitStatus.isPresent()
        ? "QEMU ended with status " + exitStatus.getAsInt()
        : "QEMU ended while its status could not be read";
  }

  /** It had exited before this driver came. */
  DomainStateMachine gone(StateReason reason, String text) {
    return shutOff(reason, text);
  }

  /** As libvirt, a QEMU that exits for no known reason has failed. */
  private DomainStateMachine shutOff(StateReason reason, String text) {
    Detail stopped =
        switch (reason) {
          case SHUTOFF_DESTROYED -> Detail.STOPPED_DESTROYED;
          case SHUTOFF_SHUTDOWN -> Detail.STOPPED_SHUTDOWN;
          case SHUTOFF_CRASHED ->
              end == End.GUEST_PANICKED ? Detail.STOPPED_CRASHED : Detail.STOPPED_FAILED;
          default -> Detail.STOPPED_FAILED;
        };
    return new DomainStateMachine(
        new DomainStatus(DomainState.SHUTOFF, reason, text), nextPause, end, Optional.of(stopped));
  }
}

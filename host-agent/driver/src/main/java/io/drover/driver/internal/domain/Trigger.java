package io.drover.driver.internal.domain;

import io.drover.driver.internal.qmp.QmpEvent;
import io.drover.driver.internal.qmp.RunState;
import java.util.Optional;

/** Whatever may change a domain's state: QEMU's events, what a query has found, the end. */
enum Trigger {
  RESUMED,
  STOPPED,
  SUSPENDED_TO_MEMORY,
  SUSPENDED_TO_DISK,
  WOKEN_UP,
  /** The guest has panicked and QEMU keeps it. */
  PANICKED,
  GUEST_SHUT_DOWN,
  HOST_SHUT_DOWN,
  /** The start is over and the guest is not to run yet. */
  STAYS_PAUSED,
  FOUND_RUNNING,
  FOUND_PAUSED,
  FOUND_NOT_STARTED,
  FOUND_SHUT_DOWN,
  FOUND_SUSPENDED,
  FOUND_PANICKED,
  FOUND_IO_ERROR,
  FOUND_WATCHDOG,
  MONITOR_LOST;

  /**
   * What a QMP event means; empty for one that changes no state.
   *
   * @param end what is known of why QEMU is going to exit
   */
  static Optional<Trigger> of(QmpEvent event, DomainStateMachine.End end) {
    return switch (event.name()) {
      case "RESUME" -> Optional.of(RESUMED);
      case "STOP" -> Optional.of(STOPPED);
      case "SUSPEND" -> Optional.of(SUSPENDED_TO_MEMORY);
      case "SUSPEND_DISK" -> Optional.of(SUSPENDED_TO_DISK);
      case "WAKEUP" -> Optional.of(WOKEN_UP);
      case "GUEST_PANICKED" ->
          event.data().path("action").asText().equals("pause")
              ? Optional.of(PANICKED)
              : Optional.empty();
      case "SHUTDOWN" -> ofShutdown(event.data().path("reason").asText(), end);
      default -> Optional.empty();
    };
  }

  /** The first cause counts: a guest that has powered off or panicked is ended by QEMU later. */
  private static Optional<Trigger> ofShutdown(String reason, DomainStateMachine.End end) {
    return switch (end) {
      case ENDED_BY_HOST -> Optional.of(HOST_SHUT_DOWN);
      case UNEXPECTED ->
          Optional.of(
              DomainStateMachine.End.ofShutdown(reason) == DomainStateMachine.End.ENDED_BY_HOST
                  ? HOST_SHUT_DOWN
                  : GUEST_SHUT_DOWN);
      default -> Optional.empty();
    };
  }

  static Trigger of(RunState.Status found) {
    return switch (found.status()) {
      case "running" -> FOUND_RUNNING;
      case "prelaunch" -> FOUND_NOT_STARTED;
      case "shutdown" -> FOUND_SHUT_DOWN;
      case "suspended" -> FOUND_SUSPENDED;
      case "guest-panicked" -> FOUND_PANICKED;
      case "io-error" -> FOUND_IO_ERROR;
      case "watchdog" -> FOUND_WATCHDOG;
      default -> FOUND_PAUSED;
    };
  }
}

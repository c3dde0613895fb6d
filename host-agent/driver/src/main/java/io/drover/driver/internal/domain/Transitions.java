package io.drover.driver.internal.domain;

import static io.drover.driver.LifecycleEvent.Detail.CRASHED_PANICKED;
import static io.drover.driver.LifecycleEvent.Detail.PMSUSPENDED_DISK;
import static io.drover.driver.LifecycleEvent.Detail.PMSUSPENDED_MEMORY;
import static io.drover.driver.LifecycleEvent.Detail.RESUMED_UNPAUSED;
import static io.drover.driver.LifecycleEvent.Detail.SHUTDOWN_FINISHED;
import static io.drover.driver.LifecycleEvent.Detail.SHUTDOWN_GUEST;
import static io.drover.driver.LifecycleEvent.Detail.SHUTDOWN_HOST;
import static io.drover.driver.LifecycleEvent.Detail.STARTED_BOOTED;
import static io.drover.driver.LifecycleEvent.Detail.STARTED_WAKEUP;
import static io.drover.driver.LifecycleEvent.Detail.SUSPENDED_IOERROR;
import static io.drover.driver.LifecycleEvent.Detail.SUSPENDED_PAUSED;
import static io.drover.driver.LifecycleEvent.Detail.SUSPENDED_WATCHDOG;
import static io.drover.driver.internal.domain.Phase.CRASHED;
import static io.drover.driver.internal.domain.Phase.PAUSED;
import static io.drover.driver.internal.domain.Phase.PMSUSPENDED;
import static io.drover.driver.internal.domain.Phase.RUNNING;
import static io.drover.driver.internal.domain.Phase.SHUTDOWN;
import static io.drover.driver.internal.domain.Phase.STARTING;
import static io.drover.driver.internal.domain.Phase.UNRESPONSIVE;

import io.drover.driver.LifecycleEvent.Detail;
import io.drover.driver.StateReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The table of the state machine: for each phase and trigger the next state and libvirt's event. A
 * pair that is missing changes nothing; nothing leaves {@link Phase#SHUTOFF}.
 */
final class Transitions {
  private static final Phase[] LIVE = {STARTING, RUNNING, PAUSED, PMSUSPENDED, UNRESPONSIVE};
  private static final Phase[] WITH_QEMU = {
    STARTING, RUNNING, PAUSED, PMSUSPENDED, SHUTDOWN, CRASHED, UNRESPONSIVE
  };

  /** The reason of a pause stands in an event before; the entry of {@link Trigger#STOPPED}. */
  private static final StateReason AS_ANNOUNCED = StateReason.PAUSED_UNKNOWN;

  private static final Map<Trigger, Map<Phase, Step>> TABLE = new EnumMap<>(Trigger.class);

  private Transitions() {}

  /**
   * One transition.
   *
   * @param detail libvirt's event; null when it has none
   */
  record Step(StateReason reason, @Nullable Detail detail) {}

  static {
    put(Trigger.RESUMED, StateReason.RUNNING_BOOTED, STARTED_BOOTED, STARTING);
    put(Trigger.RESUMED, StateReason.RUNNING_UNPAUSED, RESUMED_UNPAUSED, PAUSED, PMSUSPENDED);
    put(Trigger.RESUMED, StateReason.RUNNING_UNPAUSED, null, UNRESPONSIVE);
    // It was reset: its next end is another one.
    put(Trigger.RESUMED, StateReason.RUNNING_BOOTED, RESUMED_UNPAUSED, SHUTDOWN, CRASHED);
    // With -no-shutdown and after a panic a STOP follows that says nothing new.
    put(Trigger.STOPPED, AS_ANNOUNCED, SUSPENDED_PAUSED, RUNNING, PMSUSPENDED);
    put(Trigger.STOPPED, AS_ANNOUNCED, null, STARTING, PAUSED, UNRESPONSIVE);
    put(Trigger.SUSPENDED_TO_MEMORY, StateReason.PMSUSPENDED_UNKNOWN, PMSUSPENDED_MEMORY, LIVE);
    put(Trigger.SUSPENDED_TO_DISK, StateReason.PMSUSPENDED_UNKNOWN, PMSUSPENDED_DISK, LIVE);
    put(Trigger.WOKEN_UP, StateReason.RUNNING_WAKEUP, STARTED_WAKEUP, PMSUSPENDED, UNRESPONSIVE);
    put(Trigger.PANICKED, StateReason.CRASHED_PANICKED, CRASHED_PANICKED, LIVE);
    put(Trigger.GUEST_SHUT_DOWN, StateReason.SHUTDOWN_UNKNOWN, SHUTDOWN_GUEST, LIVE);
    put(Trigger.HOST_SHUT_DOWN, StateReason.SHUTDOWN_USER, SHUTDOWN_HOST, LIVE);
    put(Trigger.HOST_SHUT_DOWN, StateReason.SHUTDOWN_USER, null, SHUTDOWN, CRASHED);
    put(Trigger.STAYS_PAUSED, StateReason.PAUSED_USER, null, STARTING, PAUSED);
    found();
    put(Trigger.MONITOR_LOST, StateReason.UNRESPONSIVE_MONITOR, null, WITH_QEMU);
  }

  private static void found() {
    StateReason running = StateReason.RUNNING_UNKNOWN;
    put(Trigger.FOUND_RUNNING, running, RESUMED_UNPAUSED, PAUSED, PMSUSPENDED, SHUTDOWN, CRASHED);
    put(Trigger.FOUND_RUNNING, running, null, STARTING, UNRESPONSIVE);
    pause(Trigger.FOUND_PAUSED, StateReason.PAUSED_UNKNOWN, SUSPENDED_PAUSED);
    pause(Trigger.FOUND_NOT_STARTED, StateReason.PAUSED_USER, SUSPENDED_PAUSED);
    pause(Trigger.FOUND_IO_ERROR, StateReason.PAUSED_IOERROR, SUSPENDED_IOERROR);
    pause(Trigger.FOUND_WATCHDOG, StateReason.PAUSED_WATCHDOG, SUSPENDED_WATCHDOG);
    // These two name the reason of a pause, whatever was known of it.
    put(Trigger.FOUND_IO_ERROR, StateReason.PAUSED_IOERROR, null, STARTING, PAUSED);
    put(Trigger.FOUND_WATCHDOG, StateReason.PAUSED_WATCHDOG, null, STARTING, PAUSED);
    put(Trigger.FOUND_SHUT_DOWN, StateReason.SHUTDOWN_UNKNOWN, SHUTDOWN_FINISHED, LIVE);
    put(Trigger.FOUND_SHUT_DOWN, StateReason.SHUTDOWN_UNKNOWN, null, SHUTDOWN, CRASHED);
    put(Trigger.FOUND_SUSPENDED, StateReason.PMSUSPENDED_UNKNOWN, PMSUSPENDED_MEMORY, WITH_QEMU);
    put(Trigger.FOUND_SUSPENDED, StateReason.PMSUSPENDED_UNKNOWN, null, PMSUSPENDED);
    put(Trigger.FOUND_PANICKED, StateReason.CRASHED_PANICKED, CRASHED_PANICKED, WITH_QEMU);
    put(Trigger.FOUND_PANICKED, StateReason.CRASHED_PANICKED, null, CRASHED);
  }

  /** A guest that was paused keeps its reason. */
  private static void pause(Trigger trigger, StateReason reason, Detail detail) {
    put(trigger, reason, detail, RUNNING, PMSUSPENDED, SHUTDOWN, CRASHED);
    put(trigger, reason, null, UNRESPONSIVE);
  }

  private static void put(
      Trigger trigger, StateReason reason, @Nullable Detail detail, Phase... from) {
    Map<Phase, Step> row = TABLE.computeIfAbsent(trigger, key -> new EnumMap<>(Phase.class));
    for (Phase phase : from) {
      row.put(phase, new Step(reason, detail));
    }
  }

  /**
   * The transition of a pair; empty when it changes nothing.
   *
   * @param nextPause why the next {@link Trigger#STOPPED} comes
   */
  static Optional<Step> of(Phase phase, Trigger trigger, StateReason nextPause) {
    Step found = TABLE.getOrDefault(trigger, Map.of()).get(phase);
    if (found == null || trigger != Trigger.STOPPED) {
      return Optional.ofNullable(found);
    }
    return Optional.of(new Step(nextPause, found.detail() == null ? null : suspended(nextPause)));
  }

  private static Detail suspended(StateReason pause) {
    return switch (pause) {
      case PAUSED_IOERROR -> SUSPENDED_IOERROR;
      case PAUSED_WATCHDOG -> SUSPENDED_WATCHDOG;
      default -> SUSPENDED_PAUSED;
    };
  }
}

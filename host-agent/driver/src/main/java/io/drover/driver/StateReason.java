package io.drover.driver;

import static io.drover.driver.DomainState.CRASHED;
import static io.drover.driver.DomainState.PAUSED;
import static io.drover.driver.DomainState.PMSUSPENDED;
import static io.drover.driver.DomainState.RUNNING;
import static io.drover.driver.DomainState.SHUTDOWN;
import static io.drover.driver.DomainState.SHUTOFF;
import static io.drover.driver.DomainState.UNRESPONSIVE;

/** libvirt's reasons of states, as far as this driver can tell them. */
public enum StateReason {
  RUNNING_BOOTED(RUNNING, "booted"),
  RUNNING_UNPAUSED(RUNNING, "unpaused"),
  RUNNING_WAKEUP(RUNNING, "wakeup"),
  RUNNING_UNKNOWN(RUNNING, "unknown"),
  PAUSED_STARTING_UP(PAUSED, "starting up"),
  PAUSED_USER(PAUSED, "user"),
  PAUSED_IOERROR(PAUSED, "ioerror"),
  PAUSED_WATCHDOG(PAUSED, "watchdog"),
  PAUSED_UNKNOWN(PAUSED, "unknown"),
  SHUTDOWN_USER(SHUTDOWN, "user"),
  SHUTDOWN_UNKNOWN(SHUTDOWN, "unknown"),
  SHUTOFF_SHUTDOWN(SHUTOFF, "shutdown"),
  SHUTOFF_DESTROYED(SHUTOFF, "destroyed"),
  SHUTOFF_CRASHED(SHUTOFF, "crashed"),
  SHUTOFF_FAILED(SHUTOFF, "failed"),
  SHUTOFF_UNKNOWN(SHUTOFF, "unknown"),
  CRASHED_PANICKED(CRASHED, "panicked"),
  PMSUSPENDED_UNKNOWN(PMSUSPENDED, "unknown"),
  UNRESPONSIVE_MONITOR(UNRESPONSIVE, "monitor");

  private final DomainState state;
  private final String word;

  StateReason(DomainState state, String word) {
    this.state = state;
    this.word = word;
  }

  /** The state that it is a reason of. */
  public DomainState state() {
    return state;
  }

  boolean fits(DomainState other) {
    return state == other;
  }

  /** The word that libvirt's status XML and our events use. */
  public String word() {
    return word;
  }
}

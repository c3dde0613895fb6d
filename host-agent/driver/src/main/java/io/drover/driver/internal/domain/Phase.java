package io.drover.driver.internal.domain;

import io.drover.driver.DomainStatus;
import io.drover.driver.StateReason;

/** A row of the state machine: libvirt's states, and the start, which is a kind of pause there. */
enum Phase {
  STARTING,
  RUNNING,
  PAUSED,
  PMSUSPENDED,
  SHUTDOWN,
  CRASHED,
  UNRESPONSIVE,
  SHUTOFF;

  static Phase of(DomainStatus status) {
    return status.reason() == StateReason.PAUSED_STARTING_UP
        ? STARTING
        : valueOf(status.state().name());
  }
}

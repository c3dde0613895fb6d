package io.drover.scheduler.ledger.model;

import io.drover.contracts.command.SchedulerCommand;
import java.time.Instant;

/**
 * A placement that waits for what other records tell, until then at most.
 *
 * @param command a PlaceDomain or a PlaceVolume
 */
public record WaitingPlacement(SchedulerCommand command, Awaited awaits, Instant until) {
  /** What is waited for. */
  public enum Awaited {
    /** The end of the domain's former claim, which its host tells. */
    FORMER_CLAIM,
    /** A new report of a host that would do, were its last one not too old. */
    HOST_REPORT
  }
}

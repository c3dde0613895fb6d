package io.drover.scheduler.ledger.model;

import io.drover.contracts.report.HostState.Admission;
import java.time.Instant;

/**
 * Whether a host is to be used.
 *
 * @param reason why an operator has disabled or removed it; empty while it is enabled
 * @param intakeMovedAt the last report, by its time in Kafka, in which the agent had read further
 *     in its commands or none of them waited
 */
public record HostStanding(Admission admission, String reason, Instant intakeMovedAt) {
  /** An enabled host that reads its commands. */
  public static HostStanding good(Instant reportedAt) {
    return new HostStanding(Admission.ENABLED, "", reportedAt);
  }
}

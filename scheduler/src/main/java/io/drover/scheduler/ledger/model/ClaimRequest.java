package io.drover.scheduler.ledger.model;

import io.drover.contracts.command.Resources;
import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.OperationId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A claim to be made on the first of the hosts that is still as the decision saw it.
 *
 * @param hosts the chosen host, then the alternates, as the decision saw them
 * @param at when the claim begins
 * @param reportedSince a host that has not reported since is down and not taken
 */
public record ClaimRequest(
    UUID domainId,
    long generation,
    Resources resources,
    OperationId operationId,
    CommandId startCommand,
    List<Host> hosts,
    Instant at,
    Instant reportedSince) {
  public ClaimRequest {
    hosts = List.copyOf(hosts);
  }
}

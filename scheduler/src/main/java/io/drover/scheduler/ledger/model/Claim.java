package io.drover.scheduler.ledger.model;

import io.drover.contracts.command.Resources;
import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.DerivedId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.OperationId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The right of one host to run a domain, and what is set aside for it there. At most one a domain.
 *
 * @param operationId the operation that asked for it; null for a domain that was found running
 * @param startCommand the command that starts the domain under this claim
 * @param refusal why the host refused the start; null unless {@code REFUSED}
 * @param stop what the domain's host was asked to end; null when it was not
 */
public record Claim(
    UUID domainId,
    HostId hostId,
    long generation,
    Resources resources,
    State state,
    @Nullable OperationId operationId,
    CommandId startCommand,
    @Nullable Refusal refusal,
    @Nullable StopWish stop) {

  /** How far the domain of a claim has come, as the scheduler knows it. */
  public enum State {
    /** The start was sent. */
    PLACED,
    /** The host has said that it runs. */
    RUNNING,
    /** The host refused the start; the next report shows whether it runs all the same. */
    REFUSED,
    /**
     * A report showed it running after its claim had ended; it lasts as long as reports show it.
     */
    FOUND
  }

  /** The start command of a placement: the same placement always has the same. */
  public static CommandId startCommandOf(UUID domainId, long generation) {
    return new CommandId(DerivedId.of(domainId, generation + "/start-domain"));
  }

  /**
   * A host's refusal.
   *
   * @param at when the scheduler learnt it
   * @param problem as JSON
   */
  public record Refusal(Instant at, String problem) {}
}

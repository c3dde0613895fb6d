package io.drover.scheduler.ledger.model;

import io.drover.contracts.command.StopMode;
import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.OperationId;

/**
 * A stop that was asked for and that the host has not ended yet.
 *
 * @param command that asked
 * @param epoch of the agent that it was sent to last; 0 when it is to be sent again in any case
 */
public record StopWish(CommandId command, OperationId operation, StopMode mode, long epoch) {}

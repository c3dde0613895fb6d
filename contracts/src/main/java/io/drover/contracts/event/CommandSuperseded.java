package io.drover.contracts.event;

import io.drover.contracts.error.Problem;
import io.drover.contracts.id.CommandId;

/**
 * A host refused a command of an older generation, of an epoch before its journal, or past its
 * expiry.
 */
public record CommandSuperseded(CommandId commandId, Problem problem) implements Event {}

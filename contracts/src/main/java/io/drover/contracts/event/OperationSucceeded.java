package io.drover.contracts.event;

import io.drover.contracts.operation.LiveResult;

/**
 * An operation on a running domain has succeeded; the envelope names it.
 *
 * @param operation its name, as in {@code attach-disk}
 */
public record OperationSucceeded(String operation, LiveResult result) implements Event {}

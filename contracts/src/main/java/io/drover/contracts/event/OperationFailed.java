package io.drover.contracts.event;

import io.drover.contracts.error.Problem;

/**
 * An operation on a running domain has failed, and the domain is as it was; the envelope names it.
 *
 * @param operation its name, as in {@code attach-disk}
 * @param running whether QEMU still runs
 */
public record OperationFailed(String operation, Problem problem, boolean running)
    implements Event {}

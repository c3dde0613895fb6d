package io.drover.contracts.event;

import io.drover.contracts.error.Problem;

/**
 * An operation has failed; the envelope names it. A host says so of one on a running domain, which
 * is as it was; the scheduler of one on a host, or of one that no host has; the gateway of any that
 * did not end by its deadline, whatever its kind.
 *
 * @param operation its name, as in {@code attach-disk}
 * @param running whether QEMU still runs
 */
public record OperationFailed(String operation, Problem problem, boolean running)
    implements Event {}

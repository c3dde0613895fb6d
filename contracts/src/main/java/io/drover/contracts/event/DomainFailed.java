package io.drover.contracts.event;

import io.drover.contracts.error.Problem;

/**
 * A command on a domain failed on its host.
 *
 * @param step the step that failed
 * @param running whether QEMU still runs; when false the claim of this generation ends
 */
public record DomainFailed(Problem problem, String step, boolean running) implements Event {}

package io.drover.contracts.event;

import io.drover.contracts.id.HostId;

/**
 * The domain's virtual CPUs run.
 *
 * @param accelerator {@code kvm} or {@code tcg}
 */
public record DomainStarted(HostId hostId, String accelerator) implements Event {}

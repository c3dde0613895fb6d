package io.drover.contracts.event;

import io.drover.contracts.id.HostId;

/**
 * The domain's QEMU is gone and nothing of it runs; the claim of this generation ends.
 *
 * @param detail for people: the exit status and the last words of QEMU, empty when all was well
 */
public record DomainStopped(HostId hostId, StopReason reason, String detail) implements Event {}

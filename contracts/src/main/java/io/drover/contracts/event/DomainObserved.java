package io.drover.contracts.event;

import io.drover.contracts.id.HostId;

/**
 * What the agent sees of a domain without having been asked: after its own restart, when the guest
 * pauses or resumes, when drift is found.
 *
 * @param state libvirt's state: {@code running}, {@code paused}, {@code shutdown}, {@code shutoff},
 *     {@code crashed}, {@code pmsuspended}
 * @param reason libvirt's reason, as in {@code unpaused}, {@code ioerror}, {@code user}
 */
public record DomainObserved(HostId hostId, String state, String reason) implements Event {}

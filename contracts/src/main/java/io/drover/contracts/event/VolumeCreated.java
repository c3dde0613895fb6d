package io.drover.contracts.event;

import io.drover.contracts.id.HostId;

/** The volume's content exists on its host. */
public record VolumeCreated(HostId hostId, long sizeBytes) implements Event {}

package io.drover.contracts.event;

/** The volume's content is gone from its host, and its key may be destroyed. */
public record VolumeDeleted() implements Event {}

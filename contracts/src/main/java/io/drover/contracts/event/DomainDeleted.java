package io.drover.contracts.event;

/** Nothing of the domain is left on any host. */
public record DomainDeleted() implements Event {}

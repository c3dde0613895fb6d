package io.drover.contracts.event;

/** The gateway has accepted a mutation; its operation begins. */
public record OperationAccepted(OperationKind kind, String name) implements Event {}

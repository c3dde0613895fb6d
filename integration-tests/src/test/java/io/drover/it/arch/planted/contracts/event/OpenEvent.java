package io.drover.it.arch.planted.contracts.event;

/** Anybody may add a kind of it. */
public interface OpenEvent {}

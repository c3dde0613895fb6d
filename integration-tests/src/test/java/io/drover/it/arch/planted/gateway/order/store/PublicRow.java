package io.drover.it.arch.planted.gateway.order.store;

/** Everybody may now join on it. */
public record PublicRow(long id) {}

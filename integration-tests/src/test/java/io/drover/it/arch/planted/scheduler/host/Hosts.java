package io.drover.it.arch.planted.scheduler.host;

/** The scheduler's own. */
public record Hosts(int count) {}

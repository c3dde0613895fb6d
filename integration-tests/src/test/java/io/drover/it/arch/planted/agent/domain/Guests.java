package io.drover.it.arch.planted.agent.domain;

/** The agent's own. */
public record Guests(int count) {}

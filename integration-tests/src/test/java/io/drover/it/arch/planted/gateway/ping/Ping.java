package io.drover.it.arch.planted.gateway.ping;

import io.drover.it.arch.planted.gateway.pong.Pong;

/** Needs its other half. */
public record Ping(Pong back) {}

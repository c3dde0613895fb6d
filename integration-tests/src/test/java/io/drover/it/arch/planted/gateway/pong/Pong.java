package io.drover.it.arch.planted.gateway.pong;

import io.drover.it.arch.planted.gateway.ping.Ping;
import java.util.List;

/** Needs its other half. */
public record Pong(List<Ping> forth) {
  Ping first() {
    return forth.get(0);
  }
}

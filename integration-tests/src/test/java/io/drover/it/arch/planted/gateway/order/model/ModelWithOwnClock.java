package io.drover.it.arch.planted.gateway.order.model;

import java.time.Instant;

final class ModelWithOwnClock {
  Instant decidedAt() {
    return Instant.now();
  }

  long begunAt() {
    return System.nanoTime();
  }
}

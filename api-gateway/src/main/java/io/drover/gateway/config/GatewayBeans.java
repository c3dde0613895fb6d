package io.drover.gateway.config;

import io.drover.contracts.id.IdSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Where time and ids come from; the only place that names the platform's own. */
final class GatewayBeans {
  @Produces
  @Singleton
  InstantSource clock() {
    return InstantSource.system();
  }

  @Produces
  @Singleton
  Ticker ticker() {
    return System::nanoTime;
  }

  @Produces
  @Singleton
  IdSource ids() {
    return IdSource.random();
  }
}

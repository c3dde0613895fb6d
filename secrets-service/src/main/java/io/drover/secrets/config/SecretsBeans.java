package io.drover.secrets.config;

import io.drover.contracts.id.IdSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;

/** Time, ids and randomness, for those that ask for them. */
@Singleton
class SecretsBeans {
  @Produces
  @Singleton
  InstantSource time() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  IdSource ids() {
    return IdSource.random();
  }

  @Produces
  @Singleton
  SecureRandom random() {
    return new SecureRandom();
  }
}

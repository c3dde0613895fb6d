package io.drover.secrets.config;

import io.drover.contracts.id.IdSource;
import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.signature.BusKeys;
import io.drover.contracts.signature.SourceVerifier;
import io.drover.contracts.time.NanoTicker;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

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
  NanoTicker ticker() {
    return NanoTicker.system();
  }

  /** The one place that knows how the cluster is reached. */
  @Produces
  @Singleton
  KafkaSettings kafka(
      @ConfigProperty(name = "kafka.bootstrap.servers") String servers, Config environment) {
    return KafkaSettings.of(servers, name -> environment.getOptionalValue(name, String.class));
  }

  /** Read at start, so that missing keys are told then and not at the first event. */
  @Produces
  @Singleton
  @Startup
  SourceVerifier sources(SecretsConfig config) {
    return SourceVerifier.read(
        config.schedulerKeysFile(),
        "DROVER_SCHEDULER_KEYS_FILE",
        BusKeys.read(config.busKeysFile(), "DROVER_BUS_KEYS_FILE"));
  }

  /** For the channels of the messaging connector, which names their clients itself. */
  @Produces
  @ApplicationScoped
  @Identifier("drover-member")
  Map<String, Object> member(KafkaSettings kafka) {
    return kafka.member();
  }

  @Produces
  @ApplicationScoped
  @Identifier("drover-producer")
  Map<String, Object> producer(KafkaSettings kafka) {
    return kafka.producer();
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

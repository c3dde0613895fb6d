package io.drover.gateway.config;

import io.drover.contracts.id.IdSource;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.signature.BusKeys;
import io.drover.contracts.signature.RecordSigner;
import io.drover.contracts.signature.SourceKey;
import io.drover.contracts.signature.SourceVerifier;
import io.drover.contracts.sql.DatabaseTime;
import io.drover.contracts.time.NanoTicker;
import io.drover.contracts.time.ServerClock;
import io.drover.contracts.time.TimeSource;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Where time and ids come from; the only place that names the platform's own. */
final class GatewayBeans {
  private static final Logger LOG = Logger.getLogger(DatabaseTime.class);

  /** Set by {@link DatabaseTime}. */
  @Produces
  @Singleton
  @Typed({InstantSource.class, ServerClock.class})
  ServerClock clock() {
    return new ServerClock(TimeSource.system());
  }

  @Produces
  @Singleton
  DatabaseTime databaseTime(DataSource database, ServerClock clock) {
    return new DatabaseTime(database, clock, LOG::warn);
  }

  @Produces
  @Singleton
  NanoTicker ticker() {
    return NanoTicker.system();
  }

  /** The one place that knows how the cluster is reached. */
  @Produces
  @Singleton
  KafkaSettings kafka(GatewayConfig config, Config environment) {
    return KafkaSettings.of(
        config.kafka(), name -> environment.getOptionalValue(name, String.class));
  }

  /** Read at start, so that missing keys are told then and not at the first event. */
  @Produces
  @Singleton
  @Startup
  SourceVerifier sources(GatewayConfig config, BusKeys keys) {
    return SourceVerifier.read(config.schedulerKeysFile(), "DROVER_SCHEDULER_KEYS_FILE", keys);
  }

  @Produces
  @Singleton
  BusKeys busKeys(GatewayConfig config) {
    return BusKeys.read(config.busKeysFile(), "DROVER_BUS_KEYS_FILE");
  }

  /** By which the gateway seals what it says. */
  @Produces
  @Singleton
  SourceKey sealing(BusKeys keys) {
    return keys.keyOf(EventSource.GATEWAY);
  }

  /** Read at start too. */
  @Produces
  @Singleton
  @Startup
  RecordSigner signer(GatewayConfig config) {
    return RecordSigner.read(config.keyFile(), "DROVER_GATEWAY_KEY_FILE");
  }

  /** For the channels of the messaging connector, which names their clients itself. */
  @Produces
  @ApplicationScoped
  @Identifier("drover-member")
  Map<String, Object> member(KafkaSettings kafka) {
    return kafka.member();
  }

  @Produces
  @Singleton
  IdSource ids() {
    return IdSource.random();
  }
}

package io.drover.scheduler.config;

import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.signature.BusKeys;
import io.drover.contracts.signature.RecordSigner;
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

/** Where time comes from; the only place that names the platform's own. */
final class SchedulerBeans {
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
  KafkaSettings kafka(SchedulerSettings settings, Config environment) {
    return KafkaSettings.of(
        settings.kafka(), name -> environment.getOptionalValue(name, String.class));
  }

  /** Read at start, so that a missing key is told then and not at the first command. */
  @Produces
  @Singleton
  @Startup
  RecordSigner signer(SchedulerSettings settings) {
    return RecordSigner.read(settings.signingKeyFile(), "DROVER_SCHEDULER_KEY_FILE");
  }

  /** Read at start too. */
  @Produces
  @Singleton
  @Startup
  SourceVerifier sources(SchedulerSettings settings) {
    return SourceVerifier.ofScheduler(BusKeys.read(settings.busKeysFile(), "DROVER_BUS_KEYS_FILE"));
  }

  /** For the channels of the messaging connector, which names their clients itself. */
  @Produces
  @ApplicationScoped
  @Identifier("drover-member")
  Map<String, Object> member(KafkaSettings kafka) {
    return kafka.member();
  }
}

package io.drover.agent;

import io.drover.agent.console.ConsoleAdmission;
import io.drover.agent.console.Consoles;
import io.drover.agent.key.HostToken;
import io.drover.agent.key.SecretsClient;
import io.drover.agent.key.SecretsRestClient;
import io.drover.agent.volume.GatewayRestClient;
import io.drover.contracts.id.IdSource;
import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.time.TimeSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.oidc.client.OidcClient;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Starts the agent with Quarkus and stops it with it. */
@Singleton
class AgentLifecycle {
  private final Agent agent;

  AgentLifecycle(
      AgentConfig config,
      @RestClient SecretsRestClient secrets,
      @RestClient GatewayRestClient gateway,
      OidcClient oidc,
      MeterRegistry meters,
      OpenTelemetry telemetry,
      Config environment) {
    TimeSource clock = TimeSource.system();
    KafkaSettings kafka =
        KafkaSettings.of(config.kafka(), name -> environment.getOptionalValue(name, String.class));
    HostToken token = new HostToken(oidc);
    agent =
        new Agent(
            config,
            new RemoteServices(
                new SecretsClient(secrets, token, config.keyDeadline(), clock), gateway, token),
            new AgentEnvironment(clock, IdSource.random(), meters, telemetry, kafka));
  }

  void start(@Observes StartupEvent event) {
    agent.start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    agent.stop();
  }

  @Produces
  @Singleton
  Consoles consoles() {
    return agent.consoles();
  }

  @Produces
  @Singleton
  ConsoleAdmission admission() {
    return agent.admission();
  }

  /** Whether the host's topic was reached. */
  boolean isReading() {
    return agent.isReading();
  }
}

package io.drover.gateway.health;

import io.drover.gateway.stream.EventStream;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says whether Kafka is reachable, and is up in any case: without Kafka the gateway still accepts
 * requests and keeps them.
 */
@Readiness
@ApplicationScoped
class KafkaCheck implements HealthCheck {
  private final EventStream stream;

  KafkaCheck(EventStream stream) {
    this.stream = stream;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("kafka")
        .up()
        .withData("reachable", stream.connected())
        .build();
  }
}

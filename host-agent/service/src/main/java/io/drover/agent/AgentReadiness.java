package io.drover.agent;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while commands can be taken. It stays so while Kafka is unavailable: guests continue to
 * run, and events wait on disk.
 */
@Readiness
@Singleton
class AgentReadiness implements HealthCheck {
  private final AgentLifecycle agent;

  AgentReadiness(AgentLifecycle agent) {
    this.agent = agent;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("commands").status(agent.isReading()).build();
  }
}

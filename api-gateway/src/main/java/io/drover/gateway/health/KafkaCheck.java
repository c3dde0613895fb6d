package io.drover.gateway.health;

import io.drover.contracts.time.NanoTicker;
import io.drover.gateway.feed.EventPartitions;
import io.drover.gateway.stream.EventStream;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Up once the event consumer has its partitions, so that the first domain's events are read at
 * once. A gateway that starts without Kafka is up after a while in any case: it accepts requests
 * and keeps them.
 */
@Readiness
@ApplicationScoped
class KafkaCheck implements HealthCheck {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

  private final EventStream stream;
  private final EventPartitions partitions;
  private final NanoTicker ticker;
  private final long begun;

  KafkaCheck(
      EventStream stream,
      @Identifier(EventPartitions.NAME) EventPartitions partitions,
      NanoTicker ticker) {
    this.stream = stream;
    this.partitions = partitions;
    this.ticker = ticker;
    this.begun = ticker.nanos();
  }

  @Override
  public HealthCheckResponse call() {
    boolean waited = ticker.nanos() - begun > LONGEST_WAIT.toNanos();
    return HealthCheckResponse.named("kafka")
        .status(partitions.assigned() || waited)
        .withData("reachable", stream.connected())
        .withData("assigned", partitions.assigned())
        .build();
  }
}

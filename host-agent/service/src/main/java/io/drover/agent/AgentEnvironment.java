package io.drover.agent;

import io.drover.contracts.id.IdSource;
import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.time.TimeSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;

/**
 * What the agent is given instead of making it itself: time, ids, meters, traces, and how Kafka is
 * reached.
 */
public record AgentEnvironment(
    TimeSource clock,
    IdSource ids,
    MeterRegistry meters,
    OpenTelemetry telemetry,
    KafkaSettings kafka) {}

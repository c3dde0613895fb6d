package io.drover.agent;

import io.drover.contracts.id.IdSource;
import io.drover.contracts.time.TimeSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;

/** What the agent is given instead of making it itself: time, ids, meters, traces. */
public record AgentEnvironment(
    TimeSource clock, IdSource ids, MeterRegistry meters, OpenTelemetry telemetry) {}

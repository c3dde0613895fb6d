package io.drover.agent;

import io.drover.contracts.id.IdSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.InstantSource;

/** What the agent is given instead of making it itself: time, ids, meters, traces. */
public record AgentEnvironment(
    InstantSource clock, IdSource ids, MeterRegistry meters, OpenTelemetry telemetry) {}

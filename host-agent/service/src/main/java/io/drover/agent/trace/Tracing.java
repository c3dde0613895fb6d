package io.drover.agent.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Continues the trace that a Kafka record carries. Thread-safe. */
public final class Tracing {
  private static final TextMapGetter<Map<String, byte[]>> GETTER =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, byte[]> headers) {
          return headers.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, byte[]> headers, String name) {
          byte[] value = headers == null ? null : headers.get(name);
          return value == null ? null : new String(value, StandardCharsets.UTF_8);
        }
      };

  private final OpenTelemetry telemetry;
  private final Tracer tracer;

  public Tracing(OpenTelemetry telemetry) {
    this.telemetry = telemetry;
    this.tracer = telemetry.getTracer("io.drover.agent");
  }

  /** Runs a command in a span that continues the record's trace. */
  public void consume(String name, UUID subject, Map<String, byte[]> headers, Runnable work) {
    Context remote =
        telemetry.getPropagators().getTextMapPropagator().extract(Context.root(), headers, GETTER);
    Span span =
        tracer
            .spanBuilder(name)
            .setParent(remote)
            .setSpanKind(SpanKind.CONSUMER)
            .setAttribute("drover.subject", subject.toString())
            .startSpan();
    run(
        span,
        () -> {
          work.run();
          return span;
        });
  }

  /** Runs work in a child span of the present one. */
  public <T> T inSpan(String name, Supplier<T> work) {
    return run(tracer.spanBuilder(name).startSpan(), work);
  }

  /** Records a span of the present trace that has ended, as of a QMP command; none outside one. */
  public void ended(String name, Instant begin, Instant end, @Nullable String error) {
    if (!Span.current().getSpanContext().isValid()) {
      return;
    }
    Span span = tracer.spanBuilder(name).setStartTimestamp(begin).startSpan();
    if (error != null) {
      span.setStatus(StatusCode.ERROR, error);
    }
    span.end(TimeUnit.SECONDS.toNanos(end.getEpochSecond()) + end.getNano(), TimeUnit.NANOSECONDS);
  }

  /** Marks the present span as failed. */
  public void failed(String detail) {
    Span.current().setStatus(StatusCode.ERROR, detail);
  }

  /** The present trace's id; null outside a trace. */
  public @Nullable String traceId() {
    return Span.current().getSpanContext().isValid()
        ? Span.current().getSpanContext().getTraceId()
        : null;
  }

  private static <T> T run(Span span, Supplier<T> work) {
    try (Scope scope = span.makeCurrent()) {
      return work.get();
    } catch (RuntimeException e) {
      span.setStatus(StatusCode.ERROR);
      throw e;
    } finally {
      span.end();
    }
  }
}

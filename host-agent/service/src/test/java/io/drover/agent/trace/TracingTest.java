package io.drover.agent.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class TracingTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final Instant BEGIN = Instant.parse("2026-11-23T12:00:00Z");

  private final Recorder recorder = new Recorder();
  private final Tracing tracing =
      new Tracing(
          OpenTelemetrySdk.builder()
              .setTracerProvider(
                  SdkTracerProvider.builder()
                      .addSpanProcessor(SimpleSpanProcessor.create(recorder))
                      .build())
              .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
              .build());

  @Test
  void theTraceOfTheRecordGoesOnToTheQmpCommand() {
    String parent = "00-" + TRACE + "-00f067aa0ba902b7-01";
    tracing.consume(
        "StartDomain",
        UUID.randomUUID(),
        Map.of("traceparent", parent.getBytes(StandardCharsets.US_ASCII)),
        () ->
            tracing.inSpan(
                "fetch-keys",
                () -> {
                  tracing.ended("qmp.cont", BEGIN, BEGIN.plusMillis(3), null);
                  return TRACE;
                }));
    assertThat(recorder.spans).extracting(SpanData::getTraceId).containsOnly(TRACE);
    assertThat(recorder.spans)
        .extracting(SpanData::getName)
        .containsExactly("qmp.cont", "fetch-keys", "StartDomain");
    SpanData qmp = recorder.spans.get(0);
    assertThat(qmp.getParentSpanId()).isEqualTo(recorder.spans.get(1).getSpanId());
    assertThat(qmp.getEndEpochNanos() - qmp.getStartEpochNanos()).isEqualTo(3_000_000);
    assertThat(recorder.spans.get(2).getParentSpanId()).isEqualTo("00f067aa0ba902b7");
  }

  @Test
  void aRefusedQmpCommandIsAnError() {
    tracing.inSpan(
        "StopDomain",
        () -> {
          tracing.ended("qmp.quit", BEGIN, BEGIN, "refused");
          return TRACE;
        });
    assertThat(recorder.spans.get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
  }

  @Test
  void aQmpCommandOutsideATraceMakesNone() {
    tracing.ended("qmp.query-status", BEGIN, BEGIN, null);
    assertThat(recorder.spans).isEmpty();
    assertThat(tracing.traceId()).isNull();
  }

  private static final class Recorder implements SpanExporter {
    private final List<SpanData> spans = new CopyOnWriteArrayList<>();

    @Override
    public CompletableResultCode export(Collection<SpanData> ended) {
      spans.addAll(ended);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}

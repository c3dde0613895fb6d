package io.drover.standalone.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceSinkIT {
  @TempDir Path folder;

  @Test
  void keepsALineForEachSpan() throws Exception {
    try (TraceSink sink = TraceSink.start(folder, 0, 1_000_000)) {
      assertThat(post(sink, request().toByteArray())).isEqualTo(200);
      assertThat(Files.readAllLines(sink.file()))
          .singleElement()
          .asString()
          .contains("\"traceId\":\"0102\"", "\"name\":\"qmp cont\"", "\"durationNanos\":7");
    }
  }

  @Test
  void refusesWhatIsNoTrace() throws Exception {
    try (TraceSink sink = TraceSink.start(folder, 0, 1_000_000)) {
      assertThat(post(sink, new byte[] {1, 2, 3})).isEqualTo(400);
    }
  }

  @Test
  void startsAnewFileWhenTheFirstIsFull() throws Exception {
    try (TraceSink sink = TraceSink.start(folder, 0, 10)) {
      post(sink, request().toByteArray());
      post(sink, request().toByteArray());
      assertThat(Files.readAllLines(sink.file())).hasSize(1);
      assertThat(folder.resolve("spans.old.jsonl")).exists();
    }
  }

  private static ExportTraceServiceRequest request() {
    Span span =
        Span.newBuilder()
            .setTraceId(ByteString.copyFrom(new byte[] {1, 2}))
            .setName("qmp cont")
            .setStartTimeUnixNano(1)
            .setEndTimeUnixNano(8)
            .build();
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder().addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
        .build();
  }

  private static int post(TraceSink sink, byte[] body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(sink.endpoint() + "/v1/traces"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}

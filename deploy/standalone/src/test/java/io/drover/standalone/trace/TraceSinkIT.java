package io.drover.standalone.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.drover.contracts.message.SecretText;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceSinkIT {
  @TempDir Path folder;

  @Test
  void keepsALineForEachSpan() throws Exception {
    try (TraceSink sink = start(1_000_000)) {
      assertThat(post(sink, request().toByteArray())).isEqualTo(200);
      assertThat(Files.readAllLines(sink.file()))
          .singleElement()
          .asString()
          .contains("\"traceId\":\"0102\"", "\"name\":\"qmp cont\"", "\"durationNanos\":7");
    }
  }

  @Test
  void refusesWhatIsNoTrace() throws Exception {
    try (TraceSink sink = start(1_000_000)) {
      assertThat(post(sink, new byte[] {1, 2, 3})).isEqualTo(400);
    }
  }

  @Test
  void startsAnewFileWhenTheFirstIsFull() throws Exception {
    try (TraceSink sink = start(10)) {
      post(sink, request().toByteArray());
      post(sink, request().toByteArray());
      assertThat(Files.readAllLines(sink.file())).hasSize(1);
      assertThat(folder.resolve("spans.old.jsonl")).exists();
    }
  }

  @Test
  void takesNothingOfStrangers() throws Exception {
    try (TraceSink sink = start(1_000_000)) {
      byte[] spans = request().toByteArray();
      assertThat(post(sink, spans, "Bearer another")).isEqualTo(401);
      assertThat(post(sink, spans, "")).isEqualTo(401);
      assertThat(sink.file()).doesNotExist();
    }
  }

  @Test
  void aSlowSenderKeepsNoOtherWaiting() throws Exception {
    try (TraceSink sink = start(1_000_000);
        Socket slow = new Socket("127.0.0.1", URI.create(sink.endpoint()).getPort())) {
      slow.getOutputStream().write("POST /v1/tra".getBytes(StandardCharsets.US_ASCII));
      slow.getOutputStream().flush();
      assertThat(post(sink, request().toByteArray())).isEqualTo(200);
    }
  }

  private TraceSink start(long maxBytes) throws IOException {
    return TraceSink.start(new TraceSink.Settings(folder, 0, maxBytes, new SecretText("token")));
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
    return post(sink, body, "Bearer token");
  }

  private static int post(TraceSink sink, byte[] body, String authorization) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(sink.endpoint() + "/v1/traces"))
            .header("Authorization", authorization)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}

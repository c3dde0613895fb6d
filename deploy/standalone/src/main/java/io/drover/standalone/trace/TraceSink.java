package io.drover.standalone.trace;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.message.SecretText;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/**
 * An OTLP over HTTP receiver on loopback, for a machine without a collector. Keeps one line of JSON
 * a span in {@code spans.jsonl}; past {@code maxBytes} the file becomes {@code spans.old.jsonl}. It
 * takes spans of who has its token alone: other users of the machine, and guests with the host's
 * network, reach loopback too.
 */
public final class TraceSink implements AutoCloseable {
  private static final int MAX_REQUEST_BYTES = 8 * 1024 * 1024;

  /** As many exporters as there are parts; one that is slow keeps no other waiting. */
  private static final int WORKERS = 4;

  private final HttpServer server;
  private final ExecutorService worker;
  private final Settings settings;
  private final Path file;

  private TraceSink(HttpServer server, ExecutorService worker, Settings settings) {
    this.server = server;
    this.worker = worker;
    this.settings = settings;
    this.file = settings.folder().resolve("spans.jsonl");
  }

  /**
   * What a start needs.
   *
   * @param port 0 takes a free one
   * @param token what exporters send as {@code Authorization: Bearer TOKEN}
   */
  public record Settings(Path folder, int port, long maxBytes, SecretText token) {}

  /** Starts to listen. */
  public static TraceSink start(Settings settings) throws IOException {
    Files.createDirectories(settings.folder());
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()), 0);
    ExecutorService worker = Executors.newFixedThreadPool(WORKERS);
    TraceSink sink = new TraceSink(server, worker, settings);
    server.setExecutor(worker);
    server.createContext("/v1/traces", sink::receive);
    server.start();
    return sink;
  }

  /** What the parts get as their OTLP endpoint. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public Path file() {
    return file;
  }

  @Override
  public void close() {
    server.stop(0);
    worker.shutdown();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(believes(exchange) ? accept(body(exchange)) : 401, -1);
    }
  }

  private boolean believes(HttpExchange exchange) {
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    byte[] wanted = ("Bearer " + settings.token().value()).getBytes(StandardCharsets.UTF_8);
    return given != null && MessageDigest.isEqual(wanted, given.getBytes(StandardCharsets.UTF_8));
  }

  /** An empty body is a valid answer: all spans were taken. */
  private int accept(byte[] body) throws IOException {
    if (body.length > MAX_REQUEST_BYTES) {
      return 413;
    }
    try {
      append(ExportTraceServiceRequest.parseFrom(body));
      return 200;
    } catch (InvalidProtocolBufferException e) {
      return 400;
    }
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream raw = exchange.getRequestBody();
        InputStream plain = zipped ? new GZIPInputStream(raw) : raw) {
      return plain.readNBytes(MAX_REQUEST_BYTES + 1);
    }
  }

  private void append(ExportTraceServiceRequest request) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (var resource : request.getResourceSpansList()) {
      String service = serviceName(resource.getResource());
      for (var scope : resource.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          byte[] line = ContractJson.write(asMap(service, span));
          lines.append(new String(line, StandardCharsets.UTF_8)).append('\n');
        }
      }
    }
    write(lines);
  }

  private synchronized void write(CharSequence lines) throws IOException {
    if (Files.exists(file) && Files.size(file) > settings.maxBytes()) {
      Files.move(file, file.resolveSibling("spans.old.jsonl"), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String serviceName(Resource resource) {
    return resource.getAttributesList().stream()
        .filter(attribute -> attribute.getKey().equals("service.name"))
        .map(attribute -> attribute.getValue().getStringValue())
        .findFirst()
        .orElse("");
  }

  private static Map<String, Object> asMap(String service, Span span) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("traceId", hex(span.getTraceId()));
    line.put("spanId", hex(span.getSpanId()));
    line.put("parentSpanId", hex(span.getParentSpanId()));
    line.put("service", service);
    line.put("name", span.getName());
    line.put("startNanos", span.getStartTimeUnixNano());
    line.put("durationNanos", span.getEndTimeUnixNano() - span.getStartTimeUnixNano());
    Map<String, String> attributes = new LinkedHashMap<>();
    for (KeyValue attribute : span.getAttributesList()) {
      if (attribute.getValue().hasStringValue()) {
        attributes.put(attribute.getKey(), attribute.getValue().getStringValue());
      }
    }
    line.put("attributes", attributes);
    return line;
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}

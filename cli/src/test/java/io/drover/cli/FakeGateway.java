package io.drover.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A real HTTP server that answers as a test tells it, and remembers what it was asked. Requests
 * that openapi.yaml does not document fail.
 */
final class FakeGateway implements AutoCloseable {
  private static final DocumentedPaths DOCUMENTED = new DocumentedPaths();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Deque<Handler>> answers = new HashMap<>();
  private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

  /** Writes one answer. */
  interface Handler {
    void answer(HttpExchange exchange) throws IOException;
  }

  /** One request as it came. */
  record Asked(String line, Map<String, List<String>> headers, String body) {
    Optional<String> header(String name) {
      return headers.entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(name))
          .map(entry -> entry.getValue().get(0))
          .findFirst();
    }
  }

  FakeGateway() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers of the same line are given in turn; the last one again and again. */
  FakeGateway on(String line, Handler handler) {
    answers.computeIfAbsent(line, unused -> new ArrayDeque<>()).add(handler);
    return this;
  }

  FakeGateway on(String line, int status, String json) {
    String type = status < 400 ? "application/json" : "application/problem+json";
    return on(line, exchange -> send(exchange, status, type, json));
  }

  /** Sends the events, then ends the connection. */
  FakeGateway events(String line, String... events) {
    return on(line, exchange -> send(exchange, 200, "text/event-stream", String.join("", events)));
  }

  static String event(String id, String type, String data) {
    return ": heartbeat\nid: "
        + id
        + "\nevent: io.drover.event."
        + type
        + ".v1\ndata: {\"specversion\":\"1.0\",\"id\":\"e"
        + id
        + "\",\"type\":\"io.drover.event."
        + type
        + ".v1\",\"time\":\"2026-11-23T12:00:0"
        + id
        + ".125Z\",\"subject\":\"d-1\",\"data\":"
        + data
        + "}\n\n";
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  List<String> lines() {
    return asked().stream().map(Asked::line).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    asked.add(
        new Asked(
            line,
            Map.copyOf(exchange.getRequestHeaders()),
            new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
    Deque<Handler> queue = answers.get(line);
    String path = exchange.getRequestURI().getPath();
    if (path.startsWith("/v1/") && !DOCUMENTED.has(exchange.getRequestMethod(), path)) {
      send(exchange, 599, "text/plain", line + " is not in openapi.yaml");
    } else if (queue == null) {
      send(
          exchange,
          404,
          "application/problem+json",
          problem("NOT_FOUND", 1010, 404, "Nothing at " + line + "."));
    } else {
      Handler handler = queue.size() > 1 ? queue.poll() : queue.peek();
      handler.answer(exchange);
    }
    exchange.close();
  }

  static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  static String problem(String code, int number, int status, String detail) {
    return "{\"type\":\"https://drover.io/problems/x\",\"title\":\"T\",\"status\":"
        + status
        + ",\"code\":\""
        + code
        + "\",\"number\":"
        + number
        + ",\"detail\":\""
        + detail
        + "\",\"traceId\":\"0af7651916cd43dd8448eb211c80319c\"}";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

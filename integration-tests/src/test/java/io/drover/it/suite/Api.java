package io.drover.it.suite;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A caller of the gateway with one token, or none. */
public final class Api {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String JSON = "application/json";

  private final URI gateway;
  private final Optional<String> token;

  private Api(URI gateway, Optional<String> token) {
    this.gateway = gateway;
    this.token = token;
  }

  static Api withPassword(URI gateway, URI realm, String user, String password) {
    return new Api(gateway, Optional.of(Tokens.ofUser(realm, user, password)));
  }

  static Api anonymous(URI gateway) {
    return new Api(gateway, Optional.empty());
  }

  /** The same gateway, another token. */
  public Api withToken(String other) {
    return new Api(gateway, Optional.of(other));
  }

  /** The same token at another part. */
  public Api at(URI part) {
    return new Api(part, token);
  }

  public Answer get(String path) {
    return send(request(path).GET());
  }

  public Answer post(String path, String json, String... headers) {
    return send(headers(request(path), headers).header("Content-Type", JSON).POST(text(json)));
  }

  /** A mutation without a body. */
  public Answer post(String path) {
    return send(request(path).POST(BodyPublishers.noBody()));
  }

  public Answer postXml(String path, String xml, String... headers) {
    return postXml(path, BodyPublishers.ofString(xml), headers);
  }

  /** XML as bytes, for what is no text. */
  public Answer postXml(String path, BodyPublisher xml, String... headers) {
    return send(
        headers(request(path), headers).header("Content-Type", "application/xml").POST(xml));
  }

  public Answer put(String path, Path content) throws IOException {
    return send(
        request(path)
            .timeout(Duration.ofMinutes(2))
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofFile(content)));
  }

  public Answer delete(String path, String... headers) {
    return send(headers(request(path), headers).DELETE());
  }

  /** The gateway's address as a WebSocket's. */
  URI webSocket(String path) {
    return URI.create(gateway.toString().replaceFirst("^http", "ws") + path);
  }

  URI uri(String path) {
    return URI.create(gateway + path);
  }

  /** The access token that it sends. */
  public String token() {
    return token.orElseThrow();
  }

  String authorization() {
    return "Bearer " + token();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gateway + path))
            .timeout(LIMIT)
            .header("Accept", JSON + ", */*;q=0.1");
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    return request;
  }

  private static HttpRequest.Builder headers(HttpRequest.Builder request, String... headers) {
    return headers.length == 0 ? request : request.headers(headers);
  }

  private static BodyPublisher text(String json) {
    return BodyPublishers.ofString(json);
  }

  private static Answer send(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    long begun = System.nanoTime();
    try {
      HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
      return new Answer(
          answer.statusCode(),
          answer.headers(),
          answer.body(),
          Duration.ofNanos(System.nanoTime() - begun));
    } catch (IOException e) {
      throw new NoAnswer(request.method() + " " + request.uri() + " got no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswer("Interrupted", e);
    }
  }

  /** The gateway is not there, or hung up. */
  public static final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoAnswer(String message, Exception cause) {
      super(message, cause);
    }
  }
}

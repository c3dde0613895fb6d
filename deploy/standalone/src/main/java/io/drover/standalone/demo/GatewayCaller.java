package io.drover.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.json.ContractJson;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** One person at the gateway: logs in with a password, as the command line does. */
final class GatewayCaller {
  private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(60);
  private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(5);
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int FIRST_FAILURE = 300;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_DEADLINE)
          .build();
  private final URI gateway;
  private final String token;

  private GatewayCaller(URI gateway, URI realm, String user, String password)
      throws IOException, InterruptedException {
    this.gateway = gateway;
    this.token = login(realm, user, password);
  }

  static GatewayCaller login(URI gateway, URI realm, String user, String password)
      throws IOException, InterruptedException {
    return new GatewayCaller(gateway, realm, user, password);
  }

  /** The thing at the path; empty when there is none. */
  Optional<JsonNode> find(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = http.send(request(path).build(), BodyHandlers.ofByteArray());
    return answer.statusCode() == NOT_FOUND
        ? Optional.empty()
        : Optional.of(checked("read " + path, answer));
  }

  /** Creates a thing; empty when it exists already. */
  Optional<JsonNode> create(String what, String path, JsonNode body)
      throws IOException, InterruptedException {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(ContractJson.write(body)))
            .build();
    HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
    return answer.statusCode() == CONFLICT ? Optional.empty() : Optional.of(checked(what, answer));
  }

  /** Sends a mutation and returns the answer's body. */
  JsonNode send(String what, String method, String path, String type, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest request = request(path).header("Content-Type", type).method(method, body).build();
    return checked(what, http.send(request, BodyHandlers.ofByteArray()));
  }

  /** Stores a file's content. */
  JsonNode upload(String what, String path, Path file, String sha256)
      throws IOException, InterruptedException {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/octet-stream")
            .header("X-Content-SHA256", sha256)
            .PUT(publisher(file))
            .build();
    return checked(what, http.send(request, BodyHandlers.ofByteArray()));
  }

  /** Opens the event stream of an operation; without a limit of time, the reader has its own. */
  InputStream events(String project, String operation) throws IOException, InterruptedException {
    String path = "/v1/projects/" + project + "/events?operation=" + operation;
    HttpRequest request =
        HttpRequest.newBuilder(gateway.resolve(path))
            .header("Authorization", "Bearer " + token)
            .header("Accept", "text/event-stream")
            .build();
    HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
    if (answer.statusCode() >= FIRST_FAILURE) {
      try (InputStream body = answer.body()) {
        throw failure("watch the operation", answer.statusCode(), body.readNBytes(4096));
      }
    }
    return answer.body();
  }

  HttpClient http() {
    return http;
  }

  String token() {
    return token;
  }

  URI gateway() {
    return gateway;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(gateway.resolve(path))
        .timeout(ANSWER_DEADLINE)
        .header("Accept", "application/json")
        .header("Authorization", "Bearer " + token);
  }

  private static BodyPublisher publisher(Path file) throws IOException {
    try {
      return BodyPublishers.ofFile(file);
    } catch (FileNotFoundException e) {
      throw new IOException(file + " is missing; build it with deploy/testguest/build", e);
    }
  }

  private String login(URI realm, String user, String password)
      throws IOException, InterruptedException {
    String form =
        "grant_type=password&client_id=drover-cli&username="
            + URLEncoder.encode(user, StandardCharsets.UTF_8)
            + "&password="
            + URLEncoder.encode(password, StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(realm + "/protocol/openid-connect/token"))
            .timeout(ANSWER_DEADLINE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() >= FIRST_FAILURE) {
      throw new DemoFailure(
          "log in as " + user,
          "keycloak",
          "Keycloak answered "
              + answer.statusCode()
              + ": "
              + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return ContractJson.mapper().readTree(answer.body()).path("access_token").asText();
  }

  private static JsonNode checked(String what, HttpResponse<byte[]> answer) throws IOException {
    if (answer.statusCode() >= FIRST_FAILURE) {
      throw failure(what, answer.statusCode(), answer.body());
    }
    return ContractJson.mapper().readTree(answer.body());
  }

  private static DemoFailure failure(String what, int status, byte[] body) {
    String detail;
    try {
      detail = ContractJson.mapper().readTree(body).path("detail").asText("");
    } catch (IOException e) {
      detail = new String(body, StandardCharsets.UTF_8);
    }
    return new DemoFailure(what, "api-gateway", "The gateway answered " + status + ". " + detail);
  }
}

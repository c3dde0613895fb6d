package io.drover.cli.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.cli.session.Credentials;
import io.drover.cli.session.Token;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import io.drover.contracts.id.IdSource;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.time.NanoTicker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The gateway's REST API. Every mutation carries an {@code Idempotency-Key}, so that a request
 * whose answer was lost is sent once more without doing its work twice.
 */
public final class Gateway {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final int PAGE_SIZE = 200;
  private final HttpClient http;
  private final URI server;
  private final Credentials credentials;
  private final IdSource ids;
  private final NanoTicker ticker;

  public Gateway(
      HttpClient http, URI server, Credentials credentials, IdSource ids, NanoTicker ticker) {
    this.http = http;
    this.server = server;
    this.credentials = credentials;
    this.ids = ids;
    this.ticker = ticker;
  }

  /** The clock for deadlines of those that wait for the gateway. */
  public NanoTicker ticker() {
    return ticker;
  }

  /** Reads one resource. */
  public JsonNode read(String path) {
    return call(request(path).timeout(DEADLINE).GET());
  }

  /** Reads a resource as text of the given type. */
  public String readText(String path, String type) {
    HttpRequest.Builder builder = request(path).timeout(DEADLINE).setHeader("Accept", type).GET();
    return new String(
        accepted(builder, BodyHandlers.ofByteArray()), java.nio.charset.StandardCharsets.UTF_8);
  }

  /** The items of all pages, at most {@code limit}. */
  public List<JsonNode> list(String path, int limit) {
    List<JsonNode> items = new ArrayList<>();
    String separator = path.contains("?") ? "&" : "?";
    String token = "";
    do {
      int size = Math.min(PAGE_SIZE, limit - items.size());
      String page = path + separator + "pageSize=" + size;
      JsonNode answer = read(token.isEmpty() ? page : page + "&pageToken=" + Paths.encode(token));
      answer.path("items").forEach(items::add);
      token = answer.path("nextPageToken").asText("");
    } while (!token.isEmpty() && items.size() < limit);
    return items.size() > limit ? items.subList(0, limit) : items;
  }

  /** A POST without a body. */
  public JsonNode post(String path) {
    return mutate(request(path).POST(BodyPublishers.noBody()));
  }

  /** A POST of a JSON object. */
  public JsonNode post(String path, JsonNode body) {
    return post(path, "application/json", ContractJson.write(body));
  }

  /** A POST of a document. */
  public JsonNode post(String path, String type, byte[] body) {
    BodyPublisher publisher = BodyPublishers.ofByteArray(body);
    return mutate(request(path).setHeader("Content-Type", type).POST(publisher));
  }

  /** A PUT of a JSON object over this version of what is there. */
  public JsonNode put(String path, JsonNode body, long version) {
    return mutate(
        request(path)
            .setHeader("Content-Type", "application/json")
            .setHeader("If-Match", "\"" + version + "\"")
            .PUT(BodyPublishers.ofByteArray(ContractJson.write(body))));
  }

  public JsonNode delete(String path) {
    return mutate(request(path).DELETE());
  }

  /** Uploads content; without a deadline, for it may be large. Not repeated. */
  public JsonNode upload(String path, BodyPublisher content, String sha256) {
    return call(
        request(path)
            .setHeader("Content-Type", "application/octet-stream")
            .setHeader("X-Content-SHA256", sha256)
            .PUT(content));
  }

  /** A request to the gateway without a token, for streams that authenticate each attempt. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server + path))
        .setHeader("Accept", "application/json, application/problem+json");
  }

  /** The address of a WebSocket of the gateway. */
  public URI webSocket(String path) {
    return URI.create(server.toString().replaceFirst("^http", "ws") + path);
  }

  public HttpClient client() {
    return http;
  }

  public Credentials credentials() {
    return credentials;
  }

  private JsonNode mutate(HttpRequest.Builder builder) {
    builder.setHeader("Idempotency-Key", ids.next().toString()).timeout(DEADLINE);
    try {
      return call(builder);
    } catch (LostAnswer first) {
      return call(builder);
    }
  }

  private JsonNode call(HttpRequest.Builder builder) {
    return json(accepted(builder, BodyHandlers.ofByteArray()));
  }

  private byte[] accepted(HttpRequest.Builder builder, BodyHandler<byte[]> handler) {
    HttpResponse<byte[]> answer = send(builder, handler);
    if (answer.statusCode() / 100 != 2) {
      throw ProblemPrinter.failure(answer.statusCode(), answer.body());
    }
    return answer.body();
  }

  /** Sends with the present token, and once more with a renewed one when that is refused. */
  <T> HttpResponse<T> send(HttpRequest.Builder builder, BodyHandler<T> handler) {
    Token token = credentials.current();
    HttpResponse<T> answer = exchange(builder, token, handler);
    if (answer.statusCode() != 401) {
      return answer;
    }
    Optional<Token> renewed = credentials.renew(token);
    return renewed.isPresent() ? exchange(builder, renewed.get(), handler) : answer;
  }

  private <T> HttpResponse<T> exchange(
      HttpRequest.Builder builder, Token token, BodyHandler<T> handler) {
    try {
      return http.send(
          builder.setHeader("Authorization", "Bearer " + token.value()).build(), handler);
    } catch (IOException e) {
      throw new LostAnswer(server, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliFailure(ExitCode.FAILED, "Interrupted.");
    }
  }

  private static JsonNode json(byte[] body) {
    try {
      return body.length == 0
          ? ContractJson.mapper().createObjectNode()
          : ContractJson.mapper().readTree(body);
    } catch (IOException e) {
      throw new CliFailure(
          ExitCode.FAILED,
          "The server's answer is not JSON.",
          "Check that --server is the address of a Drover gateway.");
    }
  }
}

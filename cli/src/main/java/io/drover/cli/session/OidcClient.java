package io.drover.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.cli.output.Printable;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import io.drover.contracts.json.ContractJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Talks to one OpenID Connect issuer. Addresses that the issuer names must be secure too. */
final class OidcClient {
  private static final Duration DEADLINE = Duration.ofSeconds(15);
  private static final long DEFAULT_LIFE_SECONDS = 60;
  private final HttpClient http;
  private final Clock clock;
  private final URI issuer;
  private @Nullable JsonNode metadata;

  OidcClient(HttpClient http, Clock clock, URI issuer) {
    this.http = http;
    this.clock = clock;
    this.issuer = issuer;
  }

  /** What an endpoint answered. */
  record Reply(int status, JsonNode body) {
    String error() {
      return body.path("error").asText("");
    }
  }

  /** The address of an endpoint, as in {@code token_endpoint}. */
  URI endpoint(String name) {
    String address = metadata().path(name).asText("");
    if (address.isEmpty()) {
      throw new CliFailure(
          ExitCode.FAILED, "The login server " + issuer + " offers no " + name + ".");
    }
    return SecureAddress.parse(name, address);
  }

  /** Sends a form; the form's bytes are wiped afterwards. */
  Reply post(URI address, FormBody form) {
    byte[] body = form.bytes();
    try {
      return send(
          HttpRequest.newBuilder(address)
              .timeout(DEADLINE)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .header("Accept", "application/json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build());
    } finally {
      form.wipe();
      java.util.Arrays.fill(body, (byte) 0);
    }
  }

  /** The tokens of a successful reply. */
  TokenAnswer tokens(Reply reply) {
    String access = reply.body().path("access_token").asText("");
    if (access.isEmpty()) {
      throw new CliFailure(ExitCode.FAILED, "The login server gave no access token.");
    }
    String refresh = reply.body().path("refresh_token").asText("");
    long life = reply.body().path("expires_in").asLong(DEFAULT_LIFE_SECONDS);
    return new TokenAnswer(
        new Token(access),
        refresh.isEmpty() ? null : new Token(refresh),
        clock.instant().plusSeconds(life));
  }

  /** The failure of a reply that is no success, in a sentence. */
  CliFailure refused(Reply reply, String remedy) {
    String why = reply.body().path("error_description").asText(reply.error());
    return new CliFailure(
        reply.status() >= 500 ? ExitCode.UNAVAILABLE : ExitCode.NOT_AUTHENTICATED,
        "The login server refused"
            + (why.isEmpty() ? " (HTTP " + reply.status() + ")." : ": " + Printable.of(why) + "."),
        remedy);
  }

  private JsonNode metadata() {
    JsonNode known = metadata;
    if (known != null) {
      return known;
    }
    URI address = URI.create(issuer + "/.well-known/openid-configuration");
    Reply reply = send(HttpRequest.newBuilder(address).timeout(DEADLINE).GET().build());
    if (reply.status() != 200) {
      throw new CliFailure(
          ExitCode.UNAVAILABLE,
          "The login server " + issuer + " answered HTTP " + reply.status() + ".",
          "Check --oidc-url or DROVER_OIDC_URL.");
    }
    metadata = reply.body();
    return reply.body();
  }

  private Reply send(HttpRequest request) {
    try {
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      JsonNode body =
          answer.body().length == 0
              ? ContractJson.mapper().createObjectNode()
              : ContractJson.mapper().readTree(answer.body());
      return new Reply(answer.statusCode(), body);
    } catch (IOException e) {
      throw new CliFailure(
          ExitCode.UNAVAILABLE,
          "The login server at " + issuer + " does not answer.",
          "Check --oidc-url or DROVER_OIDC_URL.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliFailure(ExitCode.FAILED, "Interrupted.");
    }
  }
}

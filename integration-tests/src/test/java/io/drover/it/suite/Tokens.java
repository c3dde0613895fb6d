package io.drover.it.suite;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks the real Keycloak for tokens. */
final class Tokens {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Tokens() {}

  static String ofUser(URI realm, String user, String password) {
    return token(
        realm,
        Map.of(
            "grant_type",
            "password",
            "client_id",
            "drover-cli",
            "username",
            user,
            "password",
            password));
  }

  static String ofClient(URI realm, String client, String secret) {
    return token(
        realm,
        Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", secret));
  }

  private static String token(URI realm, Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(realm + "/protocol/openid-connect/token"))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
      String token = new ObjectMapper().readTree(answer.body()).path("access_token").asText();
      if (token.isEmpty()) {
        throw new AssertionError("No token for " + form.get("username") + ": " + answer.body());
      }
      return token;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("Keycloak does not answer", e);
    }
  }
}

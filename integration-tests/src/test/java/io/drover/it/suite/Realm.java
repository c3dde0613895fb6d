package io.drover.it.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.contracts.json.ContractJson;
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

/** The suite's realm, as its administrator changes it by hand. */
public final class Realm {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI server;
  private final String token;

  private Realm(URI server, String password) throws IOException, InterruptedException {
    this.server = server;
    String form =
        "grant_type=password&client_id=admin-cli&username=admin&password="
            + URLEncoder.encode(password, StandardCharsets.UTF_8);
    HttpRequest login =
        HttpRequest.newBuilder(server.resolve("/realms/master/protocol/openid-connect/token"))
            .timeout(DEADLINE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    token = send(login).path("access_token").asText();
  }

  public static Realm of(RunningSuite suite) throws IOException, InterruptedException {
    return new Realm(
        suite.suite().keycloak().realmUrl(), suite.suite().credentials().of("keycloak-admin"));
  }

  /** Has tokens name groups by their last name alone, as older realm files did. */
  public void nameGroupsWithoutPaths() throws IOException, InterruptedException {
    for (JsonNode scope : send(request("client-scopes").GET().build())) {
      for (JsonNode mapper : scope.path("protocolMappers")) {
        if (mapper.path("config").has("full.path")) {
          ((ObjectNode) mapper.path("config")).put("full.path", "false");
          String path = "client-scopes/%s/protocol-mappers/models/%s";
          String id = path.formatted(scope.path("id").asText(), mapper.path("id").asText());
          send(
              request(id)
                  .header("Content-Type", "application/json")
                  .PUT(BodyPublishers.ofByteArray(ContractJson.write(mapper)))
                  .build());
        }
      }
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve("/admin/realms/drover/" + path))
        .timeout(DEADLINE)
        .header("Authorization", "Bearer " + token);
  }

  private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() >= 300) {
      throw new IOException(request.uri() + " answered " + answer.statusCode());
    }
    return ContractJson.mapper().readTree(answer.body());
  }
}

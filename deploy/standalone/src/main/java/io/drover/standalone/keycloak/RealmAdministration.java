package io.drover.standalone.keycloak;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is changed in a realm after its import, as an operator would: logins of hosts beside the
 * first, a confidential client for each, whose tokens name the host; and what an older realm file
 * had otherwise. Talks to Keycloak's administration as its administrator.
 */
public final class RealmAdministration {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final int FIRST_FAILURE = 300;
  private static final String FULL_PATH = "full.path";

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(DEADLINE).build();
  private final URI server;
  private final String realm;
  private final String token;

  private RealmAdministration(URI server, String realm, String token) {
    this.server = server;
    this.realm = realm;
    this.token = token;
  }

  /**
   * Logs in.
   *
   * @param realmUrl as {@code http://127.0.0.1:18080/realms/drover}
   */
  public static RealmAdministration open(URI realmUrl, String password)
      throws IOException, InterruptedException {
    String path = realmUrl.getPath();
    RealmAdministration anonymous =
        new RealmAdministration(realmUrl, path.substring(path.lastIndexOf('/') + 1), "");
    String form =
        "grant_type=password&client_id=admin-cli&username=admin&password="
            + URLEncoder.encode(password, UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(realmUrl.resolve("/realms/master/protocol/openid-connect/token"))
            .timeout(DEADLINE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    String token = anonymous.send("log in at Keycloak", request).path("access_token").asText();
    return new RealmAdministration(realmUrl, anonymous.realm, token);
  }

  /** Makes the client of a host if there is none of that name. */
  public void requireHost(String client, String hostId, String secret)
      throws IOException, InterruptedException {
    if (!get("clients?clientId=" + client).isEmpty()) {
      return;
    }
    post("clients", description(client, hostId, secret));
    String id = get("clients?clientId=" + client).path(0).path("id").asText();
    String account = get("clients/" + id + "/service-account-user").path("id").asText();
    post("users/" + account + "/role-mappings/realm", List.of(get("roles/host")));
  }

  /**
   * Has tokens name groups by their path, as in {@code /demo}: without it a group anywhere in the
   * tree has the name of a project, and whoever may make subgroups may enter any project.
   */
  public void requireGroupPaths() throws IOException, InterruptedException {
    for (JsonNode scope : get("client-scopes")) {
      for (JsonNode mapper : scope.path("protocolMappers")) {
        if (mapper.path("protocolMapper").asText().equals("oidc-group-membership-mapper")
            && !mapper.path("config").path(FULL_PATH).asBoolean()) {
          ((ObjectNode) mapper.path("config")).put(FULL_PATH, "true");
          put(
              "client-scopes/%s/protocol-mappers/models/%s"
                  .formatted(scope.path("id").asText(), mapper.path("id").asText()),
              mapper);
        }
      }
    }
  }

  private static Map<String, Object> description(String client, String hostId, String secret) {
    return Map.of(
        "clientId",
        client,
        "secret",
        secret,
        "publicClient",
        false,
        "standardFlowEnabled",
        false,
        "directAccessGrantsEnabled",
        false,
        "serviceAccountsEnabled",
        true,
        "defaultClientScopes",
        List.of("drover"),
        "protocolMappers",
        List.of(
            Map.of(
                "name", "host_id",
                "protocol", "openid-connect",
                "protocolMapper", "oidc-hardcoded-claim-mapper",
                "config",
                    Map.of(
                        "claim.name", "host_id",
                        "claim.value", hostId,
                        "jsonType.label", "String",
                        "access.token.claim", "true",
                        "id.token.claim", "false",
                        "introspection.token.claim", "true"))));
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return send("read " + path + " of Keycloak", request(path).GET().build());
  }

  private void post(String path, Object body) throws IOException, InterruptedException {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(ContractJson.write(body)))
            .build();
    send("add to " + path + " of Keycloak", request);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve("/admin/realms/" + realm + "/" + path))
        .timeout(DEADLINE)
        .header("Authorization", "Bearer " + token);
  }

  private void put(String path, Object body) throws IOException, InterruptedException {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofByteArray(ContractJson.write(body)))
            .build();
    send("change " + path + " of Keycloak", request);
  }

  private JsonNode send(String what, HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() >= FIRST_FAILURE) {
      throw new IOException(
          "Cannot %s: status %d, %s"
              .formatted(what, answer.statusCode(), new String(answer.body(), UTF_8)));
    }
    return ContractJson.mapper().readTree(answer.body());
  }
}

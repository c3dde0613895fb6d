package io.drover.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.json.ContractJson;
import io.drover.it.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The realm that a suite begins with. */
class RealmFileTest {
  private static JsonNode realm() throws IOException {
    return ContractJson.mapper()
        .readTree(
            Files.readAllBytes(ProjectFiles.root().resolve("deploy/keycloak/drover-realm.json")));
  }

  private static List<String> clients(Predicate<JsonNode> wanted) throws IOException {
    List<String> names = new ArrayList<>();
    for (JsonNode client : realm().path("clients")) {
      if (wanted.test(client)) {
        names.add(client.path("clientId").asText());
      }
    }
    return names;
  }

  @Test
  void passwordsAreForTheCommandLineAloneAndCannotBeGuessedInALoop() throws IOException {
    assertThat(clients(client -> client.path("directAccessGrantsEnabled").asBoolean(true)))
        .containsExactly("drover-cli");
    assertThat(clients(client -> client.path("publicClient").asBoolean()))
        .containsExactly("drover-cli");
    assertThat(clients(client -> client.path("standardFlowEnabled").asBoolean(true))).isEmpty();
    assertThat(realm().path("bruteForceProtected").asBoolean()).isTrue();
    assertThat(realm().path("failureFactor").asInt()).isBetween(3, 10);
    assertThat(realm().path("registrationAllowed").asBoolean(true)).isFalse();
  }

  @Test
  void groupsAreNamedByTheirPaths() throws IOException {
    List<JsonNode> mappers = realm().findParents("protocolMapper");
    assertThat(mappers)
        .filteredOn(
            mapper -> mapper.path("protocolMapper").asText().equals("oidc-group-membership-mapper"))
        .singleElement()
        .satisfies(
            mapper ->
                assertThat(mapper.path("config").path("full.path").asText()).isEqualTo("true"));
  }
}

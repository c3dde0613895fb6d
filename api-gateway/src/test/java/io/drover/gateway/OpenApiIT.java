package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The hand-written document has every address of the gateway, and no other. */
@QuarkusTest
class OpenApiIT extends GatewayTestCase {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  /** A WebSocket is no JAX-RS resource; {@link ConsoleIT} shows that it is there. */
  private static final String CONSOLE = "get /v1/projects/{project}/domains/{domain}/console";

  private static Set<String> operations(JsonNode document) {
    Set<String> operations = new TreeSet<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          if (METHODS.contains(method)) {
                            operations.add(method + " " + path.getKey());
                          }
                        }));
    return operations;
  }

  @Test
  void theDocumentAndTheResourcesAgree() throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    Path file =
        Path.of(System.getProperty("project.root"), "contracts/src/main/contract/openapi.yaml");
    Set<String> written = operations(yaml.readTree(Files.readString(file)));
    Set<String> real = operations(yaml.readTree(RestAssured.get("/q/openapi").asString()));
    assertThat(written.remove(CONSOLE)).isTrue();
    assertThat(written).isEqualTo(real).isNotEmpty();
  }
}

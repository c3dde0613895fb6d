package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.drover.contracts.command.PlaceVolume;
import io.drover.contracts.message.Topics;
import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.Parts;
import io.drover.gateway.support.RunningDomain;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A new volume may be asked for where another thing of the project is. */
@QuarkusTest
class NearVolumesIT extends GatewayTestCase {
  private TestProject project;

  @BeforeEach
  void makeProject() {
    project = Api.project();
  }

  private Response create(String name, Map<String, String> near) {
    var body = new java.util.HashMap<String, Object>(Map.of("name", name, "sizeBytes", 1 << 20));
    body.putAll(near);
    return project.post("/volumes", "application/json", body);
  }

  private @Nullable UUID near(Response accepted) {
    accepted.then().statusCode(202);
    PlaceVolume command =
        (PlaceVolume)
            Parts.envelope(parts.heard(Topics.DOMAIN_COMMANDS, accepted.path("subject"), 1).get(0))
                .data();
    return command.near();
  }

  @Test
  void nearAVolumeIsOnItsHost() {
    UUID root = Api.readyVolume(project, parts, "root");
    assertThat(near(create("data", Map.of("nearVolume", "root")))).isEqualTo(root);
    assertThat(near(create("free", Map.of()))).isNull();
  }

  @Test
  void nearADomainIsWhereItsVolumesAreOrWhereItRuns() {
    RunningDomain domain = RunningDomain.make(project, parts);
    assertThat(near(create("data", Map.of("nearDomain", "web")))).isEqualTo(domain.rootVolume());
    project.post("/domains?start=false", "application/xml", Api.xml("new")).then().statusCode(201);
    assertThat(near(create("any", Map.of("nearDomain", "new")))).isNull();
  }

  @Test
  void whatIsNowhereOrNotThereIsRefused() {
    create("root", Map.of()).then().statusCode(202);
    create("data", Map.of("nearVolume", "root"))
        .then()
        .statusCode(409)
        .body("detail", containsString("is on no host"));
    create("data", Map.of("nearVolume", "none")).then().statusCode(404);
    create("data", Map.of("nearDomain", "none")).then().statusCode(404);
    create("data", Map.of("nearDomain", "a", "nearVolume", "b")).then().statusCode(400);
  }
}

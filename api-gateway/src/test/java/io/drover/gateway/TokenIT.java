package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Only a token of this issuer, for Drover, signed and not ended, lets anybody in. */
@QuarkusTest
class TokenIT extends GatewayTestCase {
  @Test
  void anyOtherTokenIs401() {
    TestProject project = Api.project();
    String name = project.name();
    Map<String, String> bad = new LinkedHashMap<>();
    bad.put("ended", Tokens.ending(name, -60));
    bad.put("unsigned", Tokens.unsigned(name));
    bad.put("of another issuer", Tokens.from("https://evil.example.com", Tokens.AUDIENCE, name));
    bad.put("for another audience", Tokens.from(Tokens.ISSUER, "somebody-else", name));
    bad.put("of nobody", Tokens.nobody(name));
    bad.put("huge", "x".repeat(8_000));
    bad.forEach(
        (what, token) -> {
          var answer = Api.as(token).get(project.path("/domains"));
          assertThat(answer.statusCode()).as(what).isEqualTo(401);
          answer.then().contentType("application/problem+json");
          assertThat(answer.header("WWW-Authenticate")).as(what).isEqualTo("Bearer");
        });
    Api.as(Tokens.ending(name, 300)).get(project.path("/domains")).then().statusCode(200);
  }

  @Test
  void automationMayDoWhatATenantMayAndNoMore() {
    TestProject project = Api.project();
    TestProject other = Api.project();
    String robot = Tokens.of("robot", Set.of("automation"), List.of(project.name()));
    Api.as(robot)
        .contentType("application/xml")
        .body(Api.xml("made-by-robot"))
        .post(project.path("/domains"))
        .then()
        .statusCode(202)
        .body("kind", equalTo("CREATE_DOMAIN"));
    Api.as(robot).get(project.path("/domains/made-by-robot")).then().statusCode(200);
    Api.as(robot).get(other.path("/domains")).then().statusCode(404);
    Api.as(robot).get("/v1/hosts").then().statusCode(403);
  }

  /** Whoever may make subgroups in the identity provider must not choose a project by a name. */
  @Test
  void onlyAGroupAtTheTopOfTheTreeIsAMembership() {
    TestProject project = Api.project();
    String name = project.name();
    for (String group : List.of("/guests/" + name, name, "/" + name + "/", "//" + name, "/")) {
      assertThat(Api.as(Tokens.ofGroups(List.of(group))).get(project.path("/domains")).statusCode())
          .as(group)
          .isEqualTo(404);
    }
    Api.as(Tokens.ofGroups(List.of("/guests/x", "/" + name)))
        .get(project.path("/domains"))
        .then()
        .statusCode(200);
  }

  @Test
  void anOperatorEntersEveryProject() {
    TestProject project = Api.project();
    Api.as(Tokens.operator())
        .contentType("application/xml")
        .body(Api.xml("by-operator"))
        .post(project.path("/domains?start=false"))
        .then()
        .statusCode(201);
    project.request().get(project.path("/domains/by-operator")).then().statusCode(200);
  }

  @Test
  void aRoleThatIsUnknownOpensNothing() {
    TestProject project = Api.project();
    String stranger = Tokens.of("eve", Set.of("admin", "OPERATOR"), List.of(project.name()));
    Api.as(stranger).get(project.path("/domains")).then().statusCode(403);
  }
}

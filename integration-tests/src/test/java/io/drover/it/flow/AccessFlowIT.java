package io.drover.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.it.suite.Answer;
import io.drover.it.suite.Api;
import io.drover.it.suite.DomainXml;
import io.drover.it.suite.Project;
import io.drover.it.suite.Realm;
import io.drover.it.suite.RunningSuite;
import io.drover.it.suite.SharedSuite;
import io.drover.standalone.keycloak.RealmAdministration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may see and touch what. */
@ExtendWith(SharedSuite.class)
class AccessFlowIT {
  @Test
  void answersNobodyWithoutAToken(RunningSuite suite) {
    Project demo = suite.demo();
    Api anonymous = suite.anonymous();
    assertThat(anonymous.get(demo.path("domains")).status()).isEqualTo(401);
    assertThat(anonymous.postXml(demo.path("domains"), DomainXml.diskless("a")).status())
        .isEqualTo(401);
    assertThat(anonymous.withToken("not.a.token").get(demo.path("domains")).status())
        .isEqualTo(401);
  }

  @Test
  void hidesAProjectFromThoseWhoAreNotItsMembers(RunningSuite suite) {
    Project demo = suite.demo();
    Api bob = suite.other().api();
    JsonNode domain = demo.start("hidden", DomainXml.diskless("hidden"));
    String id = domain.path("id").asText();

    assertThat(bob.get(demo.path("domains")).status()).isEqualTo(404);
    assertThat(bob.get(demo.path("domains", "hidden")).status()).isEqualTo(404);
    assertThat(bob.post(demo.path("domains", "hidden", "destroy")).status()).isEqualTo(404);
    assertThat(bob.delete(demo.path("domains", id)).status()).isEqualTo(404);
    assertThat(bob.get(demo.path("events")).status()).isEqualTo(404);
    assertThat(bob.get(suite.other().path("domains", id)).status())
        .as("by its id through his own project")
        .isEqualTo(404);
    Answer missing = bob.get("/v1/projects/there-is-none/domains");
    Answer foreign = bob.get(demo.path("domains"));
    assertThat(foreign.json().path("code")).isEqualTo(missing.json().path("code"));
    assertThat(foreign.json().path("title")).isEqualTo(missing.json().path("title"));

    assertThat(demo.domain("hidden").path("phase").asText()).isEqualTo("RUNNING");
    demo.delete("hidden");
  }

  @Test
  void aRealmOfBeforeIsMadeToNameGroupsByTheirPaths(RunningSuite suite) throws Exception {
    String domains = suite.demo().path("domains");
    Realm.of(suite).nameGroupsWithoutPaths();
    assertThat(suite.as("alice").get(domains).status()).as("a name says not where").isEqualTo(404);
    RealmAdministration.open(
            suite.suite().keycloak().realmUrl(), suite.suite().credentials().of("keycloak-admin"))
        .requireGroupPaths();
    assertThat(suite.as("alice").get(domains).status()).isEqualTo(200);
  }

  @Test
  void refusesABodyOfAStrangerBeforeReadingIt(RunningSuite suite) {
    Answer answer = suite.other().api().postXml(suite.demo().path("domains"), "<not xml");
    assertThat(answer.status()).isEqualTo(404);
  }

  @Test
  void leavesHostsAndProjectsToOperators(RunningSuite suite) {
    Project demo = suite.demo();
    assertThat(demo.api().get("/v1/hosts").status()).isEqualTo(403);
    assertThat(demo.api().post("/v1/projects", "{\"name\":\"mine\"}").status()).isEqualTo(403);
    assertThat(suite.as("olga").get("/v1/hosts").status()).isEqualTo(200);
    assertThat(suite.as("olga").get(demo.path("domains")).status()).isEqualTo(200);
  }

  @Test
  void givesATenantNoKeyAndNoImageContent(RunningSuite suite) {
    Project demo = suite.demo();
    String anyId = "11111111-1111-4111-8111-111111111111";
    Answer content = demo.api().get("/v1/images/" + anyId + "/content");
    assertThat(content.status()).isIn(403, 404);
    Api atSecrets = demo.api().at(suite.service("secrets-service").url());
    Answer release = atSecrets.post("/v1/keys/" + anyId + "/release", "{}");
    assertThat(release.status()).isEqualTo(403);
  }
}

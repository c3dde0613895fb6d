package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.drover.contracts.event.DomainStarted;
import io.drover.contracts.event.OperationFailed;
import io.drover.contracts.message.Topics;
import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.Patience;
import io.drover.gateway.support.RunningDomain;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every operation ends, whoever is away. */
@QuarkusTest
class OverdueOperationsIT extends GatewayTestCase {
  private TestProject project;
  private RunningDomain domain;

  @BeforeEach
  void makeDomain() {
    project = Api.project();
    domain = RunningDomain.make(project, parts);
  }

  @Test
  void aStartThatNobodyEndsFailsAtItsDeadlineAndCanBeAskedForAgain() throws Exception {
    domain.stop();
    String start = post("start");
    overdue(start);

    Api.awaitOperation(project, start, "FAILED");
    domain
        .get("/operations/" + start)
        .then()
        .body("problem.code", equalTo("TIMED_OUT"))
        .body("problem.detail", containsString("ask again"))
        .body("finishedAt", notNullValue());
    domain
        .get("/domains/web")
        .then()
        .body("desired", equalTo("STOPPED"))
        .body("lastProblem.code", equalTo("TIMED_OUT"));
    assertThat(parts.heard(Topics.DOMAIN_EVENTS, domain.id().toString(), OperationFailed.class))
        .isNotEmpty();
    post("start");
  }

  @Test
  void whatItsHostReportsLaterStillMovesTheDomain() throws Exception {
    domain.stop();
    String start = post("start");
    overdue(start);
    Api.awaitOperation(project, start, "FAILED");

    domain.say(start, new DomainStarted(domain.host(), "tcg"));

    Api.awaitPhase(project, "/domains/web", "RUNNING");
    domain.get("/operations/" + start).then().body("state", equalTo("FAILED"));
  }

  @Test
  void theVolumeOfAnOverdueOperationIsFree() throws Exception {
    domain.volume("data");
    String attach =
        domain.accepted(
            Map.of("operation", "attach-disk", "disk", RunningDomain.disk("data", "vdb")));
    domain.get("/volumes/data").then().body("attachedTo", equalTo(domain.id().toString()));
    overdue(attach);
    Api.awaitOperation(project, attach, "FAILED");
    assertThat(domain.get("/volumes/data").jsonPath().getString("attachedTo")).isNull();
  }

  @Test
  void everyOperationShowsItsDeadline() {
    String destroy = post("destroy");
    domain.get("/operations/" + destroy).then().body("deadline", notNullValue());
  }

  @Test
  void aCommandThatTheBrokerRefusesFailsItsOperationAndIsCounted() throws Exception {
    limitCommands("2000");
    try {
      String padded =
          Api.xml("large")
              .replace(
                  "<memory", "<description>" + "padding ".repeat(500) + "</description><memory");
      Response accepted = project.post("/domains", "application/xml", padded);
      String operation = accepted.then().statusCode(202).extract().path("id");
      Api.awaitOperation(project, operation, "FAILED");
      domain
          .get("/operations/" + operation)
          .then()
          .body("problem.code", equalTo("INTERNAL_ERROR"))
          .body("problem.detail", containsString("max.message.bytes"));
      Awaitility.await()
          .atMost(Patience.LIMIT)
          .until(
              () ->
                  RestAssured.get("/q/metrics").asString().contains("drover_outbox_refused_total"));
    } finally {
      limitCommands("1048588");
    }
  }

  private String post(String action) {
    return project
        .request()
        .post(project.path("/domains/web/" + action))
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  private void overdue(String operation) throws Exception {
    database.execute(
        "update gateway.operations set deadline = now() - interval '1 second' where id = '"
            + UUID.fromString(operation)
            + "'");
  }

  private void limitCommands(String bytes) throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, Topics.DOMAIN_COMMANDS),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }
}

package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.drover.contracts.message.Topics;
import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.Parts;
import io.drover.gateway.support.Patience;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Without Kafka requests are accepted and kept; without PostgreSQL they are refused, and none lost.
 */
@QuarkusTest
class FaultIT extends GatewayTestCase {
  @Test
  void withoutKafkaItIs202AndEverythingArrivesLaterInOrder() {
    TestProject project = Api.project();
    project.post("/domains?start=false", "application/xml", Api.xml("warm")).then().statusCode(201);
    kafka.stop();
    List<String> domains = new ArrayList<>();
    String first;
    try {
      for (int i = 0; i < 5; i++) {
        Response accepted = project.post("/domains", "application/xml", Api.xml("dark" + i));
        accepted.then().statusCode(202);
        domains.add(accepted.path("subject"));
      }
      first = domains.get(0);
      for (int i = 0; i < 4; i++) {
        project.request().delete(project.path("/domains/" + first)).then().statusCode(202);
      }
      RestAssured.get("/q/health/ready").then().statusCode(200);
    } finally {
      kafka.start();
    }
    for (String domain : domains) {
      assertThat(parts.heard(Topics.DOMAIN_COMMANDS, domain, 1)).isNotEmpty();
    }
    List<Long> sequences =
        parts.heard(Topics.DOMAIN_EVENTS, first, 10).stream()
            .map(record -> Parts.envelope(record).sequence())
            .distinct()
            .toList();
    assertThat(sequences).isEqualTo(IntStream.rangeClosed(1, 10).mapToObj(i -> (long) i).toList());
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .until(() -> database.number("select count(*) from gateway.outbox") == 0);
  }

  @Test
  void withoutPostgresqlItIs503AndGoesOnAfterwards() throws Exception {
    TestProject project = Api.project();
    Response before = project.post("/domains", "application/xml", Api.xml("before"));
    before.then().statusCode(202);
    database.stop();
    try {
      Response refused = project.post("/domains", "application/xml", Api.xml("during"));
      refused
          .then()
          .statusCode(503)
          .contentType("application/problem+json")
          .header("Retry-After", equalTo("5"))
          .body("code", equalTo("UNAVAILABLE"));
      assertThat(refused.asString()).doesNotContain("SQL", "Exception", "jdbc");
      project.request().get(project.path("/domains/before")).then().statusCode(503);
      RestAssured.get("/q/health/ready").then().statusCode(503);
      RestAssured.get("/q/health/live").then().statusCode(200);
    } finally {
      database.start();
    }
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .until(() -> project.request().get(project.path("/domains/before")).statusCode() == 200);
    project.request().get(project.path("/domains/during")).then().statusCode(404);
    Response after = project.post("/domains", "application/xml", Api.xml("after"));
    after.then().statusCode(202);
    assertThat(parts.heard(Topics.DOMAIN_COMMANDS, after.path("subject"), 1)).hasSize(1);
    assertThat(parts.heard(Topics.DOMAIN_COMMANDS, before.path("subject"), 1)).isNotEmpty();
  }
}

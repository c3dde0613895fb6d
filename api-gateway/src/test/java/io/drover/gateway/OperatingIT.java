package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.drover.contracts.message.Topics;
import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.Parts;
import io.drover.gateway.support.Patience;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What operators look at: health, metrics, and the trace from the request on. */
@QuarkusTest
class OperatingIT extends GatewayTestCase {
  @Test
  void healthNamesTheDatabaseAndKafka() {
    RestAssured.get("/q/health")
        .then()
        .body("checks.name", hasItem("kafka"))
        .body("checks.name", hasItem("Database connections health check"));
  }

  @Test
  void isReadyOnceTheEventConsumerHasItsPartitions() {
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .untilAsserted(
            () ->
                RestAssured.get("/q/health/ready")
                    .then()
                    .statusCode(200)
                    .body("status", equalTo("UP"))
                    .body("checks.find { it.name == 'kafka' }.data.assigned", equalTo(true)));
  }

  @Test
  void metricsTellOfRequestsOutboxEventsAndStreams() {
    TestProject project = Api.project();
    project.post("/domains", "application/xml", Api.xml("measured")).then().statusCode(202);
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .untilAsserted(
            () ->
                assertThat(RestAssured.get("/q/metrics").asString())
                    .contains(
                        "drover_outbox_waiting",
                        "drover_events_lag_seconds",
                        "drover_stream_clients",
                        "uri=\"/v1/projects/{project}/domains\"")
                    .doesNotContain(project.name()));
  }

  @Test
  void theTraceOfTheRequestGoesOnInTheCommand() {
    TestProject project = Api.project();
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    Response accepted =
        project
            .request()
            .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
            .contentType("application/xml")
            .body(Api.xml("traced"))
            .post(project.path("/domains"));
    accepted.then().statusCode(202);
    var command = parts.heard(Topics.DOMAIN_COMMANDS, accepted.path("subject"), 1).get(0);
    assertThat(Parts.header(command, "traceparent").orElse("")).contains(trace);
    var event = parts.heard(Topics.DOMAIN_EVENTS, accepted.path("subject"), 1).get(0);
    assertThat(Parts.header(event, "traceparent").orElse("")).contains(trace);
  }

  @Test
  void aProblemNamesTheTraceOfItsRequest() {
    TestProject project = Api.project();
    String trace = "5bf92f3577b34da6a3ce929d0e0e4736";
    project
        .request()
        .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
        .get(project.path("/domains/none"))
        .then()
        .statusCode(404)
        .body("traceId", equalTo(trace));
  }
}

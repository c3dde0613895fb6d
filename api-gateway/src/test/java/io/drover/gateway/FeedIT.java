package io.drover.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.drover.contracts.command.Resources;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.event.DomainStarted;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.PlacementRefused;
import io.drover.contracts.event.StepCompleted;
import io.drover.contracts.event.StopReason;
import io.drover.contracts.id.HostId;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.DeadLetterContract;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.Topics;
import io.drover.contracts.signature.SchedulerKey;
import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.Parts;
import io.drover.gateway.support.Parts.About;
import io.drover.gateway.support.Patience;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What comes from Kafka is applied once, in order, or kept as a dead letter. */
@QuarkusTest
class FeedIT extends GatewayTestCase {
  private final HostId host = new HostId(UUID.randomUUID());

  private record Started(UUID domain, String operation, About about) {}

  private Started start(TestProject project, String name) {
    Response accepted = project.post("/domains", "application/xml", Api.xml(name));
    accepted.then().statusCode(202);
    UUID domain = UUID.fromString(accepted.path("subject"));
    String operation = accepted.path("id");
    return new Started(
        domain, operation, new About(domain, project.id(), UUID.fromString(operation), 5));
  }

  private DomainPlaced placed() {
    return new DomainPlaced(
        host, "host-1", URI.create("http://127.0.0.1:1"), new Resources(1, 64), List.of());
  }

  @Test
  void aRepeatedEventChangesNothing() {
    TestProject project = Api.project();
    Started started = start(project, "twice");
    parts.say(started.about(), placed());
    parts.say(started.about(), new DomainStarted(host, "tcg"));
    Envelope<Event> stopped =
        parts.say(started.about(), new DomainStopped(host, StopReason.SHUTDOWN, ""));
    Api.awaitPhase(project, "/domains/twice", "STOPPED");
    String etag = project.request().get(project.path("/domains/twice")).header("ETag");
    parts.say(Topics.PLACEMENTS, stopped);
    parts.say(started.about(), new StepCompleted("marker", Instant.now(), 1));
    awaitStep(project, started.operation(), "marker");
    assertThat(project.request().get(project.path("/domains/twice")).header("ETag"))
        .isEqualTo(etag);
  }

  @Test
  void anEventOfAnOlderGenerationChangesNothing() {
    TestProject project = Api.project();
    Started started = start(project, "newer");
    parts.say(started.about(), placed());
    parts.say(started.about(), new DomainStarted(host, "tcg"));
    Api.awaitPhase(project, "/domains/newer", "RUNNING");
    About older = new About(started.domain(), project.id(), null, 4);
    parts.say(older, new DomainStopped(host, StopReason.CRASHED, ""));
    parts.say(started.about(), new StepCompleted("marker", Instant.now(), 1));
    awaitStep(project, started.operation(), "marker");
    project
        .request()
        .get(project.path("/domains/newer"))
        .then()
        .body("phase", equalTo("RUNNING"))
        .body("generation", equalTo(5));
  }

  @Test
  void aRefusedPlacementFailsTheOperationWithItsReason() {
    TestProject project = Api.project();
    Started started = start(project, "nowhere");
    Problem problem = Problem.of(ErrorCode.NO_VALID_HOST, "None of 3 hosts has 64 MiB left.");
    parts.say(
        new About(started.domain(), project.id(), UUID.fromString(started.operation()), 0),
        new PlacementRefused(problem, 3, List.of(), ""));
    Api.awaitOperation(project, started.operation(), "FAILED");
    project
        .request()
        .get(project.path("/operations/" + started.operation()))
        .then()
        .body("problem.code", equalTo("NO_VALID_HOST"))
        .body("problem.detail", containsString("64 MiB"))
        .body("finishedAt", notNullValue());
    project
        .request()
        .get(project.path("/domains/nowhere"))
        .then()
        .body("phase", equalTo("FAILED"))
        .body("lastProblem.code", equalTo("NO_VALID_HOST"));
    project.request().post(project.path("/domains/nowhere/start")).then().statusCode(202);
  }

  @Test
  void anUnreadableEventBecomesADeadLetterAndFailsItsOperation() {
    TestProject project = Api.project();
    Started started = start(project, "garbled");
    Map<String, byte[]> headers =
        new LinkedHashMap<>(
            CloudEvents.headers(
                new Envelope<Event>(
                    UUID.randomUUID(),
                    EventSource.SCHEDULER.uri(),
                    started.domain().toString(),
                    Instant.now(),
                    1,
                    0,
                    project.id(),
                    io.drover.contracts.id.OperationId.parse(started.operation()),
                    5,
                    new DomainStarted(host, "tcg"))));
    byte[] garbled = "{not json".getBytes(UTF_8);
    String key = started.domain().toString();
    headers.putAll(SchedulerKey.signed(Topics.DOMAIN_EVENTS, key, headers, garbled));
    parts.raw(Topics.DOMAIN_EVENTS, key, headers, garbled);
    ConsumerRecord<String, byte[]> letter =
        parts.heard(Topics.DEAD_LETTERS, started.domain().toString(), 1).get(0);
    assertThat(new String(letter.value(), UTF_8)).isEqualTo("{not json");
    DeadLetterContract.check(
        Parts.headers(letter), EventSource.GATEWAY, Topics.DOMAIN_EVENTS, headers);
    assertThat(Parts.header(letter, "drover_cause").orElse("")).contains("DomainStarted");
    Api.awaitOperation(project, started.operation(), "FAILED");
    parts.say(started.about(), placed());
    Api.awaitPhase(project, "/domains/garbled", "PLACED");
  }

  @Test
  void anEventWaitsWhileTheDatabaseIsAStandbyAndIsAppliedAfterwards() throws Exception {
    TestProject project = Api.project();
    Started started = start(project, "failover");
    parts.say(started.about(), placed());
    Api.awaitPhase(project, "/domains/failover", "PLACED");
    String rollbacks = "select xact_rollback from pg_stat_database where datname = 'postgres'";
    database.standBy(true);
    try {
      long before = database.number(rollbacks);
      parts.say(started.about(), new DomainStarted(host, "tcg"));
      Awaitility.await()
          .atMost(Patience.LIMIT)
          .until(() -> database.number(rollbacks) >= before + 4);
    } finally {
      database.standBy(false);
    }
    Api.awaitPhase(project, "/domains/failover", "RUNNING");
  }

  @Test
  void anUnknownTypeIsADeadLetterAndTheNextEventIsRead() {
    String key = UUID.randomUUID().toString();
    parts.raw(
        Topics.DOMAIN_EVENTS,
        key,
        Map.of(
            "ce_id", UUID.randomUUID().toString().getBytes(UTF_8),
            "ce_type", "io.drover.event.from-the-future.v9".getBytes(UTF_8)),
        "{}".getBytes(UTF_8));
    assertThat(parts.heard(Topics.DEAD_LETTERS, key, 1)).hasSize(1);
  }

  private static void awaitStep(TestProject project, String operation, String step) {
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .until(
            () ->
                project
                    .request()
                    .get(project.path("/operations/" + operation))
                    .jsonPath()
                    .getList("steps.name")
                    .contains(step));
  }
}

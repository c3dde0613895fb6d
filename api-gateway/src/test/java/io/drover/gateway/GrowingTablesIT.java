package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.event.DomainDeleted;
import io.drover.contracts.event.StepCompleted;
import io.drover.contracts.id.ProjectId;
import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.Parts;
import io.drover.gateway.support.Patience;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Every table that grows with each request has a limit. */
@QuarkusTest
class GrowingTablesIT extends GatewayTestCase {
  private static final int KEPT = 400;

  private long count(String from) throws SQLException {
    return database.number("select count(*) from gateway." + from);
  }

  private void awaitCount(String from, long expected) {
    Awaitility.await().atMost(Patience.LIMIT).until(() -> count(from) == expected);
  }

  private void operations(ProjectId project, String state, String finished, int count)
      throws SQLException {
    database.execute(
        "insert into gateway.operations (id, project_id, kind, state, subject, name, actor, deadline,"
            + " created_at, finished_at) select gen_random_uuid(), '"
            + project
            + "', 'START_DOMAIN', '"
            + state
            + "', gen_random_uuid(), 'x', 'x', now() + interval '1 hour', now() - n * interval"
            + " '1 minute', "
            + finished
            + " from generate_series(1, "
            + count
            + ") n");
  }

  @Test
  void aProjectKeepsItsLatestOperationsAndAllThatHaveNotEnded() throws SQLException {
    TestProject project = Api.project();
    operations(project.id(), "RUNNING", "null", 10);
    operations(project.id(), "SUCCEEDED", "now()", KEPT + 50);
    String own = "operations where project_id = '" + project.id() + "'";
    awaitCount(own, KEPT);
    assertThat(count(own + " and state = 'RUNNING'")).isEqualTo(10);
    assertThat(
            database.number(
                "select extract(epoch from max(created_at) - min(created_at))::bigint / 60 from"
                    + " gateway."
                    + own))
        .as("minutes between the oldest and the newest that are kept")
        .isLessThan(KEPT);
  }

  @Test
  void whatOperatorsDidToHostsIsKeptAsThatOfAProject() throws SQLException {
    operations(ProjectId.NONE, "SUCCEEDED", "now()", KEPT + 50);
    awaitCount("operations where project_id = '" + ProjectId.NONE + "'", KEPT);
  }

  @Test
  void aCallerKeepsTheLatestAnswersToItsKeys() throws SQLException {
    database.execute(
        "insert into gateway.idempotency_keys (key, caller, route, request_hash, created_at)"
            + " select n::text, 'busy', '/', '', now() - n * interval '1 second' from"
            + " generate_series(1, "
            + (KEPT + 100)
            + ") n");
    awaitCount("idempotency_keys where caller = 'busy'", KEPT);
    assertThat(count("idempotency_keys where caller = 'busy' and key = '1'")).isEqualTo(1);
  }

  @Test
  void anOperationHasSoManyStepsAtMost() throws SQLException {
    TestProject project = Api.project();
    Response created = project.post("/domains", "application/xml", Api.xml("steps"));
    UUID operation = UUID.fromString(created.path("id"));
    Parts.About about =
        new Parts.About(UUID.fromString(created.path("subject")), project.id(), operation, 1);
    for (int i = 0; i < 80; i++) {
      parts.say(about, new StepCompleted("step-" + i, Instant.now(), 1));
    }
    awaitCount("operation_steps where operation_id = '" + operation + "'", 64);
  }

  @Test
  void theNumbersOfASubjectGoWithTheLastOfItsOperations() throws SQLException {
    TestProject project = Api.project();
    project.post("/domains?start=false", "application/xml", Api.xml("gone")).then().statusCode(201);
    Response deletion = project.request().delete(project.path("/domains/gone"));
    UUID subject = UUID.fromString(deletion.path("subject"));
    String numbers = "event_sequences where subject = '" + subject + "'";
    assertThat(count(numbers)).isEqualTo(1);
    parts.say(
        new Parts.About(subject, project.id(), UUID.fromString(deletion.path("id")), 0),
        new DomainDeleted());
    Api.awaitOperation(project, deletion.path("id"), "SUCCEEDED");
    assertThat(count(numbers)).as("an operation of it is left").isEqualTo(1);
    database.execute(
        "update gateway.operations set finished_at = now() - interval '91 days' where subject = '"
            + subject
            + "'");
    awaitCount(numbers, 0);
  }

  @Test
  void theOperationsOfASubjectAreFoundByAnIndex() throws SQLException {
    assertThat(
            database.number(
                "select count(*) from pg_indexes where schemaname = 'gateway' and indexname ="
                    + " 'operations_of_subject'"))
        .isEqualTo(1);
  }
}

package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.drover.contracts.message.Topics;
import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Domain, operation, outbox and stored answer are there together, or none of them is. */
@QuarkusTest
class AtomicIT extends GatewayTestCase {
  private static Response create(TestProject project, String key) {
    return project
        .request()
        .header("Idempotency-Key", key)
        .contentType("application/xml")
        .body(Api.xml("whole"))
        .post(project.path("/domains"));
  }

  @Test
  void anAnswerThatCannotBeStoredUndoesAllThatItTellsOf() throws Exception {
    TestProject project = Api.project();
    String key = UUID.randomUUID().toString();
    database.execute(
        "create function gateway.no_answer() returns trigger language plpgsql as"
            + " $$ begin raise exception 'no answers today'; end $$");
    database.execute(
        "create trigger no_answer before update on gateway.idempotency_keys"
            + " for each row when (new.key = '"
            + key
            + "') execute function gateway.no_answer()");
    try {
      create(project, key)
          .then()
          .statusCode(500)
          .contentType("application/problem+json")
          .body("code", equalTo("INTERNAL_ERROR"));
    } finally {
      database.execute("drop function gateway.no_answer() cascade");
    }
    project.request().get(project.path("/domains/whole")).then().statusCode(404);
    project.request().get(project.path("/operations")).then().body("items.size()", equalTo(0));
    Response accepted = create(project, key);
    accepted.then().statusCode(202);
    assertThat(parts.heard(Topics.DOMAIN_COMMANDS, accepted.path("subject"), 1)).hasSize(1);
    assertThat(create(project, key).asString()).isEqualTo(accepted.asString());
    assertThat(
            database.number(
                "select count(*) from gateway.operations where project_id = '"
                    + project.id()
                    + "'"))
        .isEqualTo(1);
  }

  @Test
  void aSecondGatewayWouldNotSendTheOutboxToo() throws Exception {
    TestProject project = Api.project();
    project.post("/domains", "application/xml", Api.xml("sent-once")).then().statusCode(202);
    assertThat(
            database.number(
                "select count(*) from pg_locks where locktype = 'advisory' and granted"))
        .isEqualTo(1);
    assertThat(
            database.number(
                "select count(*) from pg_stat_activity where"
                    + " application_name = 'drover-outbox-relay'"))
        .isEqualTo(1);
  }
}

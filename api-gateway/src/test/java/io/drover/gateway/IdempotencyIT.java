package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A request with an Idempotency-Key is carried out once. */
@QuarkusTest
class IdempotencyIT extends GatewayTestCase {
  private static Response create(TestProject project, String key, String name) {
    return project
        .request()
        .header("Idempotency-Key", key)
        .contentType("application/xml")
        .body(Api.xml(name))
        .post(project.path("/domains"));
  }

  @Test
  void theSameRequestGetsTheFirstAnswerAgain() {
    TestProject project = Api.project();
    String key = UUID.randomUUID().toString();
    Response first = create(project, key, "once");
    Response second = create(project, key, "once");
    first.then().statusCode(202);
    second.then().statusCode(202);
    assertThat(second.asString()).isEqualTo(first.asString());
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    project.request().get(project.path("/operations")).then().body("items.size()", equalTo(1));
  }

  @Test
  void anotherRequestWithTheSameKeyIs422() {
    TestProject project = Api.project();
    String key = UUID.randomUUID().toString();
    create(project, key, "first").then().statusCode(202);
    create(project, key, "second")
        .then()
        .statusCode(422)
        .body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
    project
        .request()
        .header("Idempotency-Key", key)
        .post(project.path("/domains/first/destroy"))
        .then()
        .statusCode(422);
  }

  @Test
  void ofManyAtOnceOneWorksAndAllGetItsAnswer() throws Exception {
    TestProject project = Api.project();
    String key = UUID.randomUUID().toString();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<String> one =
          () -> create(project, key, "race").then().statusCode(202).extract().asString();
      List<Future<String>> answers = threads.invokeAll(Collections.nCopies(8, one));
      List<String> bodies = new ArrayList<>();
      for (Future<String> answer : answers) {
        bodies.add(answer.get());
      }
      assertThat(bodies).hasSize(8).containsOnly(bodies.get(0));
    } finally {
      threads.shutdownNow();
    }
    project.request().get(project.path("/operations")).then().body("items.size()", equalTo(1));
  }

  @Test
  void aRefusedRequestMayBeTriedAgainWithItsKey() {
    TestProject project = Api.project();
    String key = UUID.randomUUID().toString();
    project
        .request()
        .header("Idempotency-Key", key)
        .post(project.path("/domains/later/start"))
        .then()
        .statusCode(404);
    project
        .post("/domains?start=false", "application/xml", Api.xml("later"))
        .then()
        .statusCode(201);
    project
        .request()
        .header("Idempotency-Key", key)
        .post(project.path("/domains/later/start"))
        .then()
        .statusCode(202);
  }

  @Test
  void anotherCallersSameKeyIsAnotherKey() {
    TestProject one = Api.project();
    TestProject two = Api.project();
    String key = UUID.randomUUID().toString();
    create(one, key, "mine").then().statusCode(202);
    String other = Tokens.of("bob", Set.of("tenant"), List.of(two.name()));
    Api.as(other)
        .header("Idempotency-Key", key)
        .contentType("application/xml")
        .body(Api.xml("mine"))
        .post(two.path("/domains"))
        .then()
        .statusCode(202);
  }
}

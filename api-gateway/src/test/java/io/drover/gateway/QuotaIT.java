package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.drover.contracts.event.DomainDeleted;
import io.drover.contracts.event.OperationSucceeded;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.operation.DiskResized;
import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.Parts;
import io.drover.gateway.support.RunningDomain;
import io.drover.gateway.support.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No project has more than its quota, whoever asks at the same moment. */
@QuarkusTest
class QuotaIT extends GatewayTestCase {
  private static final int CREATORS = 16;
  private static final int ROUNDS = 3;

  private TestProject project;

  @BeforeEach
  void makeProject() {
    project = Api.project();
  }

  private Response set(Map<String, ?> limits) {
    return Api.as(Tokens.operator())
        .contentType("application/json")
        .body(limits)
        .put(project.path("/quota"));
  }

  private long used(String item) {
    return project.request().get(project.path("/quota")).jsonPath().getLong(item + ".used");
  }

  private Response define(String name) {
    return project.post("/domains?start=false", "application/xml", Api.xml(name));
  }

  private Response volume(String name, long bytes) {
    return project.post(
        "/volumes", "application/json", Map.of("name", name, "sizeBytes", bytes, "format", "raw"));
  }

  private long counted(String what, String table) throws SQLException {
    return database.number(
        "select coalesce(%s, 0) from gateway.%s where project_id = '%s'"
            .formatted(what, table, project.id()));
  }

  /** The statuses of what so many ask at once, each so many times. */
  private static List<Integer> together(IntFunction<Response> request) throws Exception {
    ExecutorService creators = Executors.newFixedThreadPool(CREATORS);
    CyclicBarrier start = new CyclicBarrier(CREATORS);
    List<Future<List<Integer>>> asked = new ArrayList<>();
    try {
      for (int creator = 0; creator < CREATORS; creator++) {
        int own = creator * ROUNDS;
        asked.add(
            creators.submit(
                () -> {
                  List<Integer> statuses = new ArrayList<>();
                  start.await();
                  for (int round = 0; round < ROUNDS; round++) {
                    statuses.add(request.apply(own + round).statusCode());
                  }
                  return statuses;
                }));
      }
      List<Integer> all = new ArrayList<>();
      for (Future<List<Integer>> each : asked) {
        all.addAll(each.get());
      }
      return all;
    } finally {
      creators.shutdownNow();
    }
  }

  @Test
  void membersSeeWhatTheyHaveAndMayHave() {
    define("mine").then().statusCode(201);
    project
        .request()
        .get(project.path("/quota"))
        .then()
        .statusCode(200)
        .header("ETag", "\"0\"")
        .body("domains.limit", equalTo(100))
        .body("domains.used", equalTo(1))
        .body("domains.byDefault", equalTo(true))
        .body("memoryMib.used", equalTo(64))
        .body("openOperations.used", equalTo(0));
    Api.as(Tokens.tenant("another")).get(project.path("/quota")).then().statusCode(404);
  }

  @Test
  void onlyOperatorsSetLimitsAndOverTheVersionThatTheyMean() {
    project
        .request()
        .contentType("application/json")
        .body(Map.of("domains", 1_000_000))
        .put(project.path("/quota"))
        .then()
        .statusCode(403)
        .body("code", equalTo("FORBIDDEN"));
    set(Map.of("domains", 7))
        .then()
        .statusCode(200)
        .header("ETag", "\"1\"")
        .body("domains.limit", equalTo(7))
        .body("domains.byDefault", equalTo(false))
        .body("volumes.byDefault", equalTo(true));
    Api.as(Tokens.operator())
        .contentType("application/json")
        .header("If-Match", "\"0\"")
        .body(Map.of("domains", 8))
        .put(project.path("/quota"))
        .then()
        .statusCode(412);
    set(Map.of("domains", -1)).then().statusCode(400).body("detail", containsString("negative"));
    set(Map.of("guests", 1)).then().statusCode(400).body("detail", containsString("/guests"));
    set(Map.of()).then().statusCode(200).body("domains.byDefault", equalTo(true));
  }

  @Test
  void aRefusalNamesTheItemTheLimitTheUseWhatWasAskedAndTheRemedy() {
    set(Map.of("domains", 1, "vcpus", 1)).then().statusCode(200);
    define("one").then().statusCode(201);
    define("two")
        .then()
        .statusCode(403)
        .contentType("application/problem+json")
        .body("code", equalTo("QUOTA_EXCEEDED"))
        .body("detail", containsString("may have 1 domains; it has 1, and this asks for 1 more"))
        .body("detail", containsString("ask an operator"))
        .body("errors.path", hasItem("/vcpus"));
    project.request().get(project.path("/domains/two")).then().statusCode(404);
  }

  @Test
  void sixteenCreatorsNeverBeatALimitOfDomains() throws Exception {
    set(Map.of("domains", 5)).then().statusCode(200);
    List<Integer> statuses = together(n -> define("d" + n));
    assertThat(statuses).containsOnly(201, 403);
    assertThat(statuses.stream().filter(status -> status == 201)).hasSize(5);
    assertThat(counted("count(*)", "domains")).isEqualTo(5).isEqualTo(used("domains"));
  }

  @Test
  void sixteenCreatorsNeverBeatALimitOfMemory() throws Exception {
    set(Map.of("memoryMib", 64 * 4 + 63)).then().statusCode(200);
    assertThat(together(n -> define("m" + n))).containsOnly(201, 403);
    assertThat(counted("sum(memory_mib)", "domains"))
        .isEqualTo(64 * 4)
        .isEqualTo(used("memoryMib"));
  }

  @Test
  void sixteenCreatorsNeverBeatALimitOfBytesOrOfOpenOperations() throws Exception {
    set(Map.of("volumeBytes", 7L << 30, "openOperations", 6)).then().statusCode(200);
    List<Integer> statuses = together(n -> volume("v" + n, 1L << 30));
    assertThat(statuses).containsOnly(202, 403);
    assertThat(counted("sum(size_bytes)", "volumes")).isEqualTo(6L << 30);
    assertThat(used("openOperations")).isEqualTo(6);
    set(Map.of("volumeBytes", 7L << 30)).then().statusCode(200);
    together(n -> volume("w" + n, 1L << 30));
    assertThat(counted("sum(size_bytes)", "volumes"))
        .isEqualTo(7L << 30)
        .isEqualTo(used("volumeBytes"));
  }

  @Test
  void aFullProjectCanStillBeEmptied() {
    define("full").then().statusCode(201);
    Response volume = volume("v", 1 << 20);
    volume.then().statusCode(202);
    set(Map.of("openOperations", 1)).then().statusCode(200);
    project
        .post("/domains", "application/xml", Api.xml("more"))
        .then()
        .statusCode(403)
        .body("detail", containsString("Wait for the end"));
    Response deletion = project.request().delete(project.path("/domains/full"));
    deletion.then().statusCode(202);
    project
        .request()
        .delete(project.path("/domains/full"))
        .then()
        .statusCode(403)
        .body("code", equalTo("QUOTA_EXCEEDED"));
    parts.say(
        new Parts.About(
            UUID.fromString(deletion.path("subject")),
            project.id(),
            UUID.fromString(deletion.path("id")),
            0),
        new DomainDeleted());
    Api.awaitOperation(project, deletion.path("id"), "SUCCEEDED");
    assertThat(used("domains")).isZero();
    assertThat(used("memoryMib")).isZero();
  }

  @Test
  void whatIsDeletedIsFreeAgain() {
    UUID id = Api.readyVolume(project, parts, "gone");
    assertThat(used("volumeBytes")).isEqualTo(16 << 20);
    Response deletion = project.request().delete(project.path("/volumes/gone"));
    parts.say(
        new Parts.About(id, project.id(), UUID.fromString(deletion.path("id")), 1),
        new VolumeDeleted());
    Api.awaitOperation(project, deletion.path("id"), "SUCCEEDED");
    assertThat(used("volumeBytes")).isZero();
    assertThat(used("volumes")).isZero();
    assertThat(used("openOperations")).isZero();
  }

  @Test
  void aVolumeThatWillHaveGrownIsCountedFromTheRequestOn() {
    RunningDomain domain = RunningDomain.make(project, parts);
    long mebi = 1 << 20;
    set(Map.of("volumeBytes", 40 * mebi)).then().statusCode(200);
    String id =
        domain.accepted(
            Map.of("operation", "blockresize", "target", "vda", "sizeBytes", 32 * mebi));
    assertThat(used("volumeBytes")).isEqualTo(32 * mebi);
    volume("late", 16 * mebi).then().statusCode(403).body("code", equalTo("QUOTA_EXCEEDED"));
    domain
        .operate(Map.of("operation", "blockresize", "target", "vda", "sizeBytes", 64 * mebi))
        .then()
        .statusCode(403);
    domain.say(id, new OperationSucceeded("blockresize", new DiskResized("vda", 32 * mebi)));
    Api.awaitOperation(project, id, "SUCCEEDED");
    assertThat(used("volumeBytes")).isEqualTo(32 * mebi);
  }

  @Test
  void aProjectWhoseRowIsMissingIsHeldToTheDefaults() throws SQLException {
    database.execute(
        "delete from gateway.project_quotas where project_id = '" + project.id() + "'");
    define("first").then().statusCode(201);
    assertThat(used("domains")).isEqualTo(1);
  }
}

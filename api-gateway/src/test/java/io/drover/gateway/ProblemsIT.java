package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every refusal is an RFC 9457 problem that names no class. */
@QuarkusTest
class ProblemsIT extends GatewayTestCase {
  private static void expect(Response answer, int status, String code) {
    answer
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("code", equalTo(code))
        .body("status", equalTo(status))
        .body("traceId", matchesPattern("[0-9a-f]{32}"));
    assertThat(answer.asString())
        .doesNotContain("io.drover", "java.", "Exception", "jackson", "at io.");
  }

  @Test
  void withoutTokenItIs401() {
    Response answer = RestAssured.get("/v1/projects/any/domains");
    expect(answer, 401, "UNAUTHENTICATED");
    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
  }

  @Test
  void aForgedTokenIs401() {
    String token = Tokens.operator();
    expect(
        Api.as(token.substring(0, token.length() - 8) + "AAAAAAAA").get("/v1/projects"),
        401,
        "UNAUTHENTICATED");
    expect(Api.as("nonsense").get("/v1/projects"), 401, "UNAUTHENTICATED");
  }

  @Test
  void anotherProjectIsNotThere() {
    TestProject mine = Api.project();
    TestProject other = Api.project();
    for (String rest :
        List.of("", "/domains", "/domains/x", "/volumes", "/operations", "/events")) {
      expect(mine.request().get(other.path(rest)), 404, "NOT_FOUND");
      expect(mine.request().get("/v1/projects/never-was" + rest), 404, "NOT_FOUND");
    }
  }

  @Test
  void permissionIsCheckedBeforeTheBodyIsRead() {
    TestProject mine = Api.project();
    TestProject other = Api.project();
    byte[] huge = new byte[4 << 20];
    expect(
        mine.request().contentType("application/xml").body(huge).post(other.path("/domains")),
        404,
        "NOT_FOUND");
  }

  @Test
  void anotherDomainsOperationOfAnotherProjectIsNotThere() {
    TestProject mine = Api.project();
    TestProject other = Api.project();
    String operation = other.post("/domains", "application/xml", Api.xml("theirs")).path("id");
    expect(mine.request().get(mine.path("/operations/" + operation)), 404, "NOT_FOUND");
    expect(mine.request().get(mine.path("/domains/theirs")), 404, "NOT_FOUND");
    expect(mine.request().delete(mine.path("/domains/theirs")), 404, "NOT_FOUND");
  }

  @Test
  void aMissingRoleIs403() {
    TestProject mine = Api.project();
    Response hosts = mine.request().get("/v1/hosts");
    expect(hosts, 403, "FORBIDDEN");
    assertThat(hosts.jsonPath().getString("detail")).startsWith("This is for the role operator");
    expect(
        mine.request().contentType("application/json").body("{}").post("/v1/projects"),
        403,
        "FORBIDDEN");
    String host = Tokens.of("h", Set.of("host"), List.of(mine.name()));
    expect(Api.as(host).get(mine.path("/domains")), 403, "FORBIDDEN");
  }

  @Test
  void frameworkRefusalsAreProblemsToo() {
    TestProject mine = Api.project();
    expect(mine.request().get("/v1/nothing/here"), 404, "NOT_FOUND");
    expect(mine.request().get("/"), 404, "NOT_FOUND");
    expect(Api.as(Tokens.operator()).put("/v1/hosts"), 405, "METHOD_NOT_ALLOWED");
    expect(mine.post("/domains", "text/csv", "a,b"), 415, "UNSUPPORTED_MEDIA_TYPE");
    expect(mine.request().accept("image/png").get(mine.path("/domains")), 406, "NOT_ACCEPTABLE");
  }

  @Test
  void badJsonSaysWhere() {
    TestProject mine = Api.project();
    expect(mine.post("/volumes", "application/json", "{\"name\": "), 400, "INVALID_REQUEST");
    expect(mine.post("/volumes", "application/json", "null"), 400, "INVALID_REQUEST");
    expect(mine.post("/volumes", "application/json", ""), 400, "INVALID_REQUEST");
    expect(mine.post("/volumes", "application/json", "[1]"), 400, "INVALID_REQUEST");
    expect(mine.post("/volumes", "application/json", "[".repeat(500)), 400, "INVALID_REQUEST");
    Response unknown =
        mine.post("/volumes", "application/json", "{\"sizeBytes\":1,\"sizeBites\":1}");
    expect(unknown, 400, "INVALID_REQUEST");
    unknown.then().body("errors[0].path", equalTo("/sizeBites"));
    Response type =
        mine.post("/volumes", "application/json", "{\"name\":\"a\",\"sizeBytes\":\"big\"}");
    expect(type, 400, "INVALID_REQUEST");
    type.then().body("errors[0].path", equalTo("/sizeBytes"));
    Response id =
        mine.post(
            "/volumes",
            "application/json",
            "{\"name\":\"a\",\"sizeBytes\":1048576,\"imageId\":\"1\"}");
    expect(id, 400, "INVALID_ID");
  }

  @Test
  void everyBrokenConstraintOfABodyIsNamedAtOnceWithItsMember() {
    TestProject mine = Api.project();
    Response two =
        mine.post(
            "/volumes",
            "application/json",
            "{\"name\":\"../etc\",\"format\":\"vmdk\",\"sizeBytes\":1048576}");
    expect(two, 400, "INVALID_REQUEST");
    two.then()
        .body("errors.path", equalTo(List.of("/format", "/name")))
        .body("errors[0].detail", equalTo("The format \"vmdk\" must be raw or qcow2."))
        .body("errors[1].detail", containsString("\"../etc\" is not of 1 to 128"));
    Response nameless = mine.post("/volumes", "application/json", "{\"sizeBytes\":1048576}");
    expect(nameless, 400, "INVALID_REQUEST");
    nameless
        .then()
        .body("errors.path", equalTo(List.of("/name")))
        .body("detail", containsString("The name is missing; give 1 to 128"));
  }

  @Test
  void limitsAreNamed() {
    TestProject mine = Api.project();
    Response small = mine.post("/volumes", "application/json", "{\"name\":\"a\",\"sizeBytes\":1}");
    expect(small, 422, "LIMIT_EXCEEDED");
    small.then().body("detail", containsString("1048576"));
    expect(
        mine.post("/volumes", "application/json", "{\"name\":\"../etc\",\"sizeBytes\":1048576}"),
        400,
        "INVALID_REQUEST");
    expect(mine.post("/domains", "application/xml", " ".repeat(262_145)), 413, "REQUEST_TOO_LARGE");
    expect(
        mine.post("/volumes", "application/json", " ".repeat(3 << 20)), 413, "REQUEST_TOO_LARGE");
    expect(
        mine.request()
            .header("Idempotency-Key", "k".repeat(129))
            .post(mine.path("/domains/x/start")),
        400,
        "INVALID_REQUEST");
  }

  @Test
  void badIdsAndParametersAreNamed() {
    TestProject mine = Api.project();
    expect(mine.request().get(mine.path("/operations/1-1-1-1-1")), 400, "INVALID_ID");
    Response subject = mine.request().get(mine.path("/operations?subject=web"));
    expect(subject, 400, "INVALID_ID");
    subject.then().body("detail", containsString("subject id \"web\""));
    expect(mine.request().get(mine.path("/domains?pageSize=0")), 400, "INVALID_REQUEST");
    expect(mine.request().get(mine.path("/domains?pageSize=x")), 400, "INVALID_REQUEST");
    expect(mine.request().get(mine.path("/domains?pageToken=!!")), 400, "INVALID_REQUEST");
    expect(mine.request().get(mine.path("/operations?pageToken=MTp4")), 400, "INVALID_REQUEST");
    expect(
        mine.request().header("Last-Event-ID", "garbage").get(mine.path("/events")),
        400,
        "INVALID_REQUEST");
  }

  @Test
  void aProjectNameIsASlugAndTakenOnce() {
    for (String name : List.of("", "UPPER", "a_b", "-a", "a/b", "ü", "a".repeat(64))) {
      expect(
          Api.as(Tokens.operator())
              .contentType("application/json")
              .body("{\"name\":\"" + name + "\"}")
              .post("/v1/projects"),
          400,
          "INVALID_REQUEST");
    }
    TestProject mine = Api.project();
    expect(
        Api.as(Tokens.operator())
            .contentType("application/json")
            .body("{\"name\":\"" + mine.name() + "\"}")
            .post("/v1/projects"),
        409,
        "NAME_TAKEN");
  }
}

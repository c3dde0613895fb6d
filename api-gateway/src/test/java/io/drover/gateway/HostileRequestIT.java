package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.Patience;
import io.drover.gateway.support.RawClient;
import io.drover.gateway.support.Tokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Requests that are made to hurt get a problem, and never a failure of the gateway. */
@QuarkusTest
class HostileRequestIT extends GatewayTestCase {
  @TestHTTPResource("/")
  URI root;

  private static void expect(Response answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
    answer.then().contentType("application/problem+json").body("code", equalTo(code));
  }

  private static String token(String position) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(("1:" + position).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anAddressWithANulIsRefused() {
    TestProject mine = Api.project();
    for (String path : List.of("/domains/a%00b", "/volumes/%00", "/domains?pageToken=%00")) {
      expect(mine.request().urlEncodingEnabled(false).get(mine.path(path)), 400, "INVALID_REQUEST");
    }
    expect(
        Api.as(Tokens.operator()).urlEncodingEnabled(false).get("/v1/projects/a%00b/domains"),
        400,
        "INVALID_REQUEST");
    expect(
        Api.as(Tokens.operator()).urlEncodingEnabled(false).get("/v1/images?name=%00"),
        400,
        "INVALID_REQUEST");
  }

  @Test
  void namesThatAreNotWellFormedAreNotThere() {
    TestProject mine = Api.project();
    for (String name : List.of("..%2f..%2fetc", "%ff%fe", "%ed%a0%80", "'%20or%20''='", "%25")) {
      expect(
          mine.request().urlEncodingEnabled(false).get(mine.path("/domains/" + name)),
          404,
          "NOT_FOUND");
    }
  }

  @Test
  void aPageTokenThatWasMadeUpIsRefusedOrHarmless() {
    TestProject mine = Api.project();
    String id = "/00000000-0000-0000-0000-000000000000";
    for (String time : List.of("+1000000000-12-31T23:59:59Z", "-1000000000-01-01T00:00:00Z", "x")) {
      expect(
          mine.request().get(mine.path("/operations?pageToken=" + token(time + id))),
          400,
          "INVALID_REQUEST");
    }
    expect(
        mine.request().get(mine.path("/domains?pageToken=" + token("a\0b"))),
        400,
        "INVALID_REQUEST");
    expect(
        mine.request().get(mine.path("/domains?pageToken=" + "A".repeat(2_000))),
        400,
        "INVALID_REQUEST");
    mine.request()
        .get(mine.path("/domains?pageToken=" + token("' or 1=1 --")))
        .then()
        .statusCode(200)
        .body("items.size()", equalTo(0));
  }

  @Test
  void aPageTokenOfAnotherProjectShowsNothingOfIt() {
    TestProject mine = Api.project();
    TestProject other = Api.project();
    for (String name : List.of("a", "b")) {
      other.post("/domains?start=false", "application/xml", Api.xml(name)).then().statusCode(201);
    }
    String theirs =
        other
            .request()
            .get(other.path("/domains?pageSize=1"))
            .jsonPath()
            .getString("nextPageToken");
    mine.request()
        .get(mine.path("/domains?pageToken=" + theirs))
        .then()
        .statusCode(200)
        .body("items.size()", equalTo(0));
  }

  @Test
  void headersThatAreTooLargeAreRefusedAndTheNextRequestIsServed() throws Exception {
    TestProject mine = Api.project();
    try (RawClient client = new RawClient(root)) {
      client.write("GET /v1/projects HTTP/1.1\r\nHost: x\r\nX-Large: " + "x".repeat(40_000));
      client.write("\r\n\r\n");
      assertThat(client.statusLine(Math.toIntExact(Patience.LIMIT.toMillis())))
          .matches("HTTP/1.1 4\\d\\d .*");
    }
    mine.request().get(mine.path("/domains")).then().statusCode(200);
  }

  @Test
  void aBodyThatComesDropByDropIsGivenUp() throws Exception {
    TestProject mine = Api.project();
    try (RawClient client = new RawClient(root)) {
      client.write(
          "POST "
              + mine.path("/domains")
              + " HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/xml\r\n"
              + "Content-Length: 100000\r\nAuthorization: Bearer "
              + mine.token()
              + "\r\n\r\n<domain>");
      AtomicReference<String> status = new AtomicReference<>("");
      Awaitility.await("an answer before the body's end")
          .atMost(Patience.LIMIT)
          .pollInterval(Duration.ofMillis(10))
          .until(
              () -> {
                client.write(" ");
                status.set(client.statusLine(100));
                return !status.get().isEmpty();
              });
      assertThat(status.get()).contains("400");
    }
  }

  @Test
  void ifMatchThatIsNoTagFailsThePrecondition() {
    TestProject mine = Api.project();
    mine.post("/domains?start=false", "application/xml", Api.xml("tagged")).then().statusCode(201);
    for (String tag : List.of("0", "W/\"0\"", "\"", ",,,", "\"99999999999999999999\"")) {
      expect(
          mine.request().header("If-Match", tag).delete(mine.path("/domains/tagged")),
          412,
          "PRECONDITION_FAILED");
    }
    mine.request()
        .header("If-Match", "*")
        .delete(mine.path("/domains/tagged"))
        .then()
        .statusCode(202);
  }

  @Test
  void anIdempotencyKeyIsVisibleAsciiAlone() {
    TestProject mine = Api.project();
    for (String key : List.of("", "a b", "k\u00e4se", "k".repeat(8_000))) {
      Response answer =
          mine.request()
              .header("Idempotency-Key", key)
              .contentType("application/xml")
              .body(Api.xml("keyed"))
              .post(mine.path("/domains"));
      expect(answer, 400, "INVALID_REQUEST");
    }
    mine.request().get(mine.path("/domains/keyed")).then().statusCode(404);
  }
}

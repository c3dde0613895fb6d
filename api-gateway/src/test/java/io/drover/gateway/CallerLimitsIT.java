package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.Patience;
import io.drover.gateway.support.RawClient;
import io.drover.gateway.support.Tokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nobody takes the gateway from others by asking much at once, or by sending slowly. */
@QuarkusTest
class CallerLimitsIT extends GatewayTestCase {
  /** Of each slow caller and round. */
  private static final int BATCH = 16;

  /** More than the pool has threads. */
  private static final int CONNECTIONS = 250;

  @TestHTTPResource("/")
  URI root;

  private final List<RawClient> slow = new ArrayList<>();

  @AfterEach
  void letGo() throws IOException {
    for (RawClient client : slow) {
      client.close();
    }
  }

  /** Begins requests whose bodies do not come. */
  private void beginSlowly(TestProject project, String token, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      RawClient client = new RawClient(root);
      slow.add(client);
      client.write(
          "POST "
              + project.path("/domains")
              + " HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/xml\r\n"
              + "Content-Length: 100000\r\nAuthorization: Bearer "
              + token
              + "\r\n\r\n<domain>");
    }
  }

  private static String token(String subject, TestProject project) {
    return Tokens.of(subject, Set.of("tenant"), List.of(project.name()));
  }

  private static int list(TestProject project, String token) {
    return Api.as(token).get(project.path("/domains")).statusCode();
  }

  private static void awaitStatus(TestProject project, String token, int status) {
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> list(project, token) == status);
  }

  /** The first are ended again while a busy machine begins the last, so that there are more. */
  private Response awaitRefusal(TestProject project, String token, List<String> slowCallers) {
    return Awaitility.await()
        .atMost(Patience.LIMIT)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              for (String caller : slowCallers) {
                beginSlowly(project, caller, BATCH);
              }
              return Api.as(token).get(project.path("/domains"));
            },
            answer -> answer.statusCode() == 429);
  }

  @Test
  void aCallerWithTooManyRequestsUnderWayIsToldToWaitAndOthersAreServed() throws Exception {
    TestProject project = Api.project();
    String sally = token("sally", project);
    awaitRefusal(project, sally, List.of(sally))
        .then()
        .contentType("application/problem+json")
        .header("Retry-After", "1")
        .body("code", equalTo("TOO_MANY_REQUESTS"))
        .body("detail", containsString("64 requests under way"));
    assertThat(list(project, token("henry", project))).isEqualTo(200);
    letGo();
    awaitStatus(project, sally, 200);
  }

  @Test
  void slowBodiesOfManyHoldNoThreadAndOperatorsHaveAReserve() throws Exception {
    TestProject project = Api.project();
    String other = token("other", project);
    awaitRefusal(
        project, other, Stream.of("s1", "s2", "s3").map(name -> token(name, project)).toList());
    for (int i = 0; i < 20; i++) {
      assertThat(list(project, Tokens.operator())).isEqualTo(200);
    }
    // Each of the slow ones is ended early, whether it goes on or not.
    awaitStatus(project, other, 200);
    RawClient first = slow.get(0);
    assertThat(first.statusLine(Math.toIntExact(Patience.LIMIT.toMillis()))).contains("400");
    Awaitility.await().atMost(Patience.LIMIT).until(first::cutOff);
  }

  /**
   * Half of them send their token and a body, half never get through their first line. Whoever
   * would need a thread has taken it with the first byte, so there is no use in waiting for more
   * than the second.
   */
  @Test
  void hundredsOfConnectionsThatSendAByteNowAndThenKeepNobodyWaiting() throws Exception {
    TestProject project = Api.project();
    String henry = token("henry", project);
    beginSlowly(project, token("sally", project), CONNECTIONS);
    for (int i = 0; i < CONNECTIONS; i++) {
      RawClient client = new RawClient(root);
      slow.add(client);
      client.write("P");
    }
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 20; i++) {
        assertThat(list(project, henry)).isEqualTo(200);
        assertThat(list(project, Tokens.operator())).isEqualTo(200);
      }
      int held = 0;
      for (RawClient client : slow) {
        held += client.cutOff() ? 0 : 1; // which sends the next byte
      }
      assertThat(held).as("connections that are still there").isGreaterThanOrEqualTo(CONNECTIONS);
    }
  }

  @Test
  void aBodyInManySmallPartsIsReadWhole() throws Exception {
    TestProject project = Api.project();
    String xml = Api.xml("parts");
    try (RawClient client = new RawClient(root)) {
      client.write(
          "POST "
              + project.path("/domains?start=false")
              + " HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/xml\r\n"
              + "Transfer-Encoding: chunked\r\nAuthorization: Bearer "
              + project.token()
              + "\r\n\r\n");
      for (char letter : xml.toCharArray()) {
        client.write("1\r\n" + letter + "\r\n");
      }
      client.write("0\r\n\r\n");
      assertThat(client.statusLine(Math.toIntExact(Patience.LIMIT.toMillis()))).contains("201");
    }
  }
}

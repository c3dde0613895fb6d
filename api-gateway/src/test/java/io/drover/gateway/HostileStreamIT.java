package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.drover.contracts.event.StepCompleted;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.message.Topics;
import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.Parts.About;
import io.drover.gateway.support.Patience;
import io.drover.gateway.support.RawClient;
import io.drover.gateway.support.SseReader;
import io.drover.gateway.support.Tokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Clients of the event stream that read too slowly, open too many, or invent positions. */
@QuarkusTest
class HostileStreamIT extends GatewayTestCase {
  private static final int LIMIT_OF_CALLER = 12;

  @TestHTTPResource("/")
  URI root;

  private SseReader open(TestProject project, String token) throws Exception {
    SseReader reader =
        SseReader.open(root.resolve(project.path("/events")).toString(), token, null);
    assertThat(reader.nextOfAny().event()).isEqualTo(":");
    return reader;
  }

  private void step(TestProject project, String name) {
    parts.say(
        new About(UUID.randomUUID(), project.id(), null, 1),
        new StepCompleted(name, Instant.now(), 10));
  }

  private static String stepOf(SseReader stream) throws Exception {
    return ContractJson.mapper().readTree(stream.next().data()).path("data").path("step").asText();
  }

  @Test
  void aClientThatDoesNotReadIsCutOffAndTheOthersGoOn() throws Exception {
    TestProject project = Api.project();
    try (RawClient slow = new RawClient(root);
        SseReader quick = open(project, project.token())) {
      slow.write(
          "GET "
              + project.path("/events")
              + " HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer "
              + project.token()
              + "\r\n\r\n");
      assertThat(slow.statusLine(Math.toIntExact(Patience.LIMIT.toMillis()))).contains("200");
      String large = "x".repeat(100_000);
      for (int i = 0; i < 250; i++) {
        step(project, large);
        assertThat(stepOf(quick)).isEqualTo(large);
      }
      Awaitility.await("the slow client is cut off")
          .atMost(Patience.LIMIT)
          .pollInterval(Duration.ofMillis(50))
          .until(slow::cutOff);
      step(project, "still here");
      assertThat(stepOf(quick)).isEqualTo("still here");
    }
  }

  @Test
  void oneCallerMayNotTakeAllStreams() throws Exception {
    TestProject project = Api.project();
    String greedy = Tokens.of("greedy", Set.of("tenant"), List.of(project.name()));
    List<SseReader> streams = new ArrayList<>();
    try {
      for (int i = 0; i < LIMIT_OF_CALLER; i++) {
        streams.add(open(project, greedy));
      }
      Api.as(greedy)
          .get(project.path("/events"))
          .then()
          .statusCode(429)
          .contentType("application/problem+json")
          .body("code", equalTo("TOO_MANY_REQUESTS"))
          .body("detail", containsString("12 open streams"));
      open(project, project.token()).close();
    } finally {
      for (SseReader stream : streams) {
        stream.close();
      }
    }
    Awaitility.await("closed streams count no more")
        .atMost(Patience.LIMIT)
        .ignoreExceptions()
        .untilAsserted(() -> open(project, greedy).close());
  }

  @Test
  void aPositionThatKafkaHasNotReachedIsRefused() {
    TestProject project = Api.project();
    byte[] invented = {1, 3, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 0x7f};
    project
        .request()
        .header("Last-Event-ID", Base64.getUrlEncoder().withoutPadding().encodeToString(invented))
        .get(project.path("/events"))
        .then()
        .statusCode(400)
        .body("code", equalTo("INVALID_REQUEST"))
        .body("detail", containsString("Last-Event-ID"));
  }

  @Test
  void aStreamEndsWithItsToken() throws Exception {
    TestProject project = Api.project();
    try (SseReader stream = open(project, Tokens.ending(project.name(), 5))) {
      Awaitility.await("the end of the stream")
          .atMost(Patience.LIMIT)
          .pollInterval(Duration.ofMillis(50))
          .until(stream::ended);
    }
  }

  @Test
  void aRecordThatIsNoEventStopsNoStream() throws Exception {
    TestProject project = Api.project();
    try (SseReader stream = open(project, project.token())) {
      String key = UUID.randomUUID().toString();
      byte[] type = "io.drover.event.step-completed.v1".getBytes();
      byte[] id = project.id().toString().getBytes();
      parts.raw(Topics.DOMAIN_EVENTS, key, Map.of(), null);
      parts.raw(Topics.DOMAIN_EVENTS, key, Map.of("ce_type", type, "ce_projectid", id), null);
      parts.raw(
          Topics.DOMAIN_EVENTS,
          key,
          Map.of("ce_type", type, "ce_projectid", id, "ce_sequence", "many".getBytes()),
          "{}".getBytes());
      parts.raw(
          Topics.DOMAIN_EVENTS,
          "k\0ey",
          Map.of("ce_type", type, "ce_projectid", id),
          "[".repeat(5_000).getBytes());
      step(project, "after");
      assertThat(stepOf(stream)).isEqualTo("after");
      assertThat(parts.heard(Topics.DEAD_LETTERS, "k\ufffdey", 1)).hasSize(1);
    }
  }
}

package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.event.StepCompleted;
import io.drover.contracts.json.ContractJson;
import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.Parts.About;
import io.drover.gateway.support.SseReader;
import io.drover.gateway.support.SseReader.Sse;
import io.drover.gateway.support.Tokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** The event stream: at once, of the own project only, and resumed without gap or repetition. */
@QuarkusTest
class EventStreamIT extends GatewayTestCase {
  private static final Logger LOG = Logger.getLogger(EventStreamIT.class);

  @TestHTTPResource("/")
  URI root;

  private SseReader open(TestProject project, String query, String lastId) throws Exception {
    String url = root.resolve(project.path("/events" + query)).toString();
    SseReader reader = SseReader.open(url, project.token(), lastId);
    assertThat(reader.nextOfAny().event()).isEqualTo(":");
    return reader;
  }

  private void step(TestProject project, UUID subject, UUID operation, String name) {
    parts.say(
        new About(subject, project.id(), operation, 1), new StepCompleted(name, Instant.now(), 10));
  }

  private static String stepOf(Sse event) throws Exception {
    return ContractJson.mapper().readTree(event.data()).path("data").path("step").asText();
  }

  @Test
  void anEventIsACloudEventAndComesWithinMilliseconds() throws Exception {
    TestProject project = Api.project();
    UUID domain = UUID.randomUUID();
    try (SseReader stream = open(project, "", null)) {
      List<Long> micros = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        long before = System.nanoTime();
        step(project, domain, null, "s" + i);
        Sse event = stream.next();
        micros.add((event.nanos() - before) / 1_000);
        JsonNode json = ContractJson.mapper().readTree(event.data());
        assertThat(event.event()).isEqualTo("io.drover.event.step-completed.v1");
        assertThat(json.path("specversion").asText()).isEqualTo("1.0");
        assertThat(json.path("type").asText()).isEqualTo(event.event());
        assertThat(json.path("subject").asText()).isEqualTo(domain.toString());
        assertThat(json.path("data").path("step").asText()).isEqualTo("s" + i);
      }
      Collections.sort(micros);
      LOG.infof("Sent to seen %d us (median)", micros.get(10));
      assertThat(micros.get(10))
          .as("a busy machine, but no poll of half a second")
          .isLessThan(250_000);
    }
  }

  @Test
  void aPostIsSeenOnTheStreamSoon() throws Exception {
    TestProject project = Api.project();
    HttpClient client = HttpClient.newHttpClient();
    URI domains = root.resolve(project.path("/domains"));
    try (SseReader stream = open(project, "", null)) {
      List<Long> seen = new ArrayList<>();
      List<Long> accepted = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        HttpRequest post =
            HttpRequest.newBuilder(domains)
                .header("Authorization", "Bearer " + project.token())
                .header("Content-Type", "application/xml")
                .POST(HttpRequest.BodyPublishers.ofString(Api.xml("soon" + i)))
                .build();
        long before = System.nanoTime();
        int status = client.send(post, HttpResponse.BodyHandlers.discarding()).statusCode();
        assertThat(status).isEqualTo(202);
        Sse first = stream.next();
        Sse step = stream.next();
        seen.add((first.nanos() - before) / 1_000);
        accepted.add(
            ContractJson.mapper().readTree(step.data()).at("/data/durationMicros").asLong());
        assertThat(first.event()).isEqualTo("io.drover.event.operation-accepted.v1");
        assertThat(stepOf(step)).isEqualTo("accept");
      }
      Collections.sort(seen);
      Collections.sort(accepted);
      assertThat(seen.get(15)).as("told by LISTEN, not by the next look").isLessThan(3_000_000);
      LOG.infof("POST to seen %d us, accept %d us (medians)", seen.get(15), accepted.get(15));
    }
  }

  @Test
  void eventsOfOtherProjectsAreNotSeen() throws Exception {
    TestProject mine = Api.project();
    TestProject other = Api.project();
    try (SseReader stream = open(mine, "", null)) {
      step(other, UUID.randomUUID(), null, "theirs");
      step(mine, UUID.randomUUID(), null, "mine");
      assertThat(stepOf(stream.next())).isEqualTo("mine");
    }
  }

  @Test
  void aStreamOfOneDomainOrOneOperationHasThatAlone() throws Exception {
    TestProject project = Api.project();
    UUID domain = UUID.randomUUID();
    UUID operation = UUID.randomUUID();
    try (SseReader ofDomain = open(project, "?domain=" + domain, null)) {
      step(project, UUID.randomUUID(), null, "another");
      step(project, domain, operation, "first");
      step(project, domain, operation, "second");
      assertThat(stepOf(ofDomain.next())).isEqualTo("first");
      assertThat(stepOf(ofDomain.next())).isEqualTo("second");
    }
    try (SseReader late = open(project, "?operation=" + operation, null)) {
      assertThat(stepOf(late.next())).as("from memory").isEqualTo("first");
      assertThat(stepOf(late.next())).isEqualTo("second");
    }
  }

  @Test
  void aResumedStreamGoesOnFromMemory() throws Exception {
    TestProject project = Api.project();
    UUID domain = UUID.randomUUID();
    String last;
    try (SseReader stream = open(project, "", null)) {
      step(project, domain, null, "a");
      step(project, domain, null, "b");
      last = stream.next().id();
    }
    step(project, domain, null, "c");
    try (SseReader stream = open(project, "", last)) {
      assertThat(stepOf(stream.next())).isEqualTo("b");
      assertThat(stepOf(stream.next())).isEqualTo("c");
      step(project, domain, null, "d");
      assertThat(stepOf(stream.next())).isEqualTo("d");
      assertThat(stream.within(200)).isNull();
    }
  }

  @Test
  void aStreamResumesFromKafkaWhenMemoryHasForgotten() throws Exception {
    TestProject project = Api.project();
    TestProject noise = Api.project();
    UUID domain = UUID.randomUUID();
    String last;
    try (SseReader stream = open(project, "", null)) {
      step(project, domain, null, "seen");
      last = stream.next().id();
    }
    for (int i = 0; i < 30; i++) {
      step(project, domain, null, "missed" + i);
    }
    for (int i = 0; i < 150; i++) {
      step(noise, UUID.randomUUID(), null, "noise");
    }
    try (SseReader stream = open(project, "", last)) {
      for (int i = 0; i < 30; i++) {
        assertThat(stepOf(stream.next())).isEqualTo("missed" + i);
      }
      step(project, domain, null, "live");
      assertThat(stepOf(stream.next())).isEqualTo("live");
      assertThat(stream.within(200)).isNull();
    }
  }

  @Test
  void aQuietStreamHasHeartbeats() throws Exception {
    TestProject project = Api.project();
    try (SseReader stream = open(project, "", null)) {
      assertThat(stream.nextOfAny().event()).isEqualTo(":");
    }
  }

  @Test
  void theStreamNeedsATokenOfTheProject() {
    TestProject project = Api.project();
    Api.as(Tokens.tenant("other")).get(project.path("/events")).then().statusCode(404);
  }
}

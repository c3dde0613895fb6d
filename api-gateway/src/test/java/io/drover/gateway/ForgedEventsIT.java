package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.drover.contracts.command.Resources;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.DomainDeleted;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.DomainObserved;
import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.event.DomainStarted;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.StepCompleted;
import io.drover.contracts.event.StopReason;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.event.VolumeFailed;
import io.drover.contracts.id.HostId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.Topics;
import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.Parts;
import io.drover.gateway.support.Patience;
import io.drover.gateway.support.RunningDomain;
import io.drover.gateway.support.SseReader;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Nobody speaks for a host that has a domain, nor for the scheduler. */
@QuarkusTest
class ForgedEventsIT extends GatewayTestCase {
  @TestHTTPResource("/")
  URI root;

  private static final Problem PROBLEM = Problem.of(ErrorCode.INTERNAL_ERROR, "forged");

  private static DomainPlaced placed(HostId host) {
    return new DomainPlaced(
        host, "rogue", URI.create("http://127.0.0.1:9"), new Resources(1, 64), List.of());
  }

  @Test
  void anotherHostChangesNothingOfARunningDomain() {
    TestProject project = Api.project();
    RunningDomain domain = RunningDomain.make(project, parts);
    Map<String, Object> before = domain.get("/domains/web").path("$");
    before.remove("observed");
    HostId rogue = new HostId(UUID.randomUUID());
    Parts.About about = new Parts.About(domain.id(), project.id(), null, 1);
    List<Event> lies =
        List.of(
            new DomainDeleted(),
            new DomainStopped(rogue, StopReason.CRASHED, ""),
            new DomainFailed(PROBLEM, "start-domain", false),
            new DomainObserved(rogue, "paused", "ioerror"));
    lies.forEach(lie -> parts.says(rogue, about, lie));
    Parts.About volume = new Parts.About(domain.rootVolume(), project.id(), null, 1);
    parts.says(rogue, volume, new VolumeDeleted());
    parts.says(rogue, volume, new VolumeFailed(PROBLEM, "create-volume"));

    assertThat(parts.heard(Topics.DEAD_LETTERS, domain.id().toString(), lies.size()))
        .hasSize(lies.size())
        .allSatisfy(
            letter ->
                assertThat(Parts.header(letter, "drover_cause").orElse(""))
                    .contains("has no claim of generation 1"));
    assertThat(parts.heard(Topics.DEAD_LETTERS, domain.rootVolume().toString(), 2)).hasSize(2);
    domain.get("/domains/web").then().body("observed.state", equalTo("running"));
    Map<String, Object> after = domain.get("/domains/web").path("$");
    after.remove("observed");
    assertThat(after).isEqualTo(before);
    domain.get("/volumes/root").then().body("phase", equalTo("READY"));
  }

  @Test
  void aHostThatNamesTheTrueHostAsItsSourceIsNotBelieved() {
    TestProject project = Api.project();
    RunningDomain domain = RunningDomain.make(project, parts);
    HostId rogue = new HostId(UUID.randomUUID());
    Parts.About about = new Parts.About(domain.id(), project.id(), null, 1);
    parts.saysAs(domain.host(), rogue, about, new DomainDeleted());
    parts.saysAs(domain.host(), rogue, about, new DomainStopped(rogue, StopReason.CRASHED, ""));

    assertThat(parts.heard(Topics.DEAD_LETTERS, domain.id().toString(), 2))
        .hasSize(2)
        .allSatisfy(
            letter ->
                assertThat(Parts.header(letter, "drover_cause").orElse(""))
                    .contains("has no seal of /host-agents/" + domain.host()));
    domain.get("/domains/web").then().body("phase", equalTo("RUNNING"));
    assertThat(RestAssured.get("/q/metrics").asString())
        .containsPattern(
            "drover_records_refused_total\\{[^}]*reason=\"signature\"[^}]*"
                + "domain-deleted.v1\"[^}]*} [1-9]");
  }

  @Test
  void noStreamHasWhatAHostMayNotSay() throws Exception {
    TestProject project = Api.project();
    RunningDomain domain = RunningDomain.make(project, parts);
    TestProject other = Api.project();
    RunningDomain own = RunningDomain.make(other, parts);
    HostId rogue = new HostId(UUID.randomUUID());
    Parts.About about = new Parts.About(domain.id(), project.id(), null, 1);
    Parts.About spoofed = new Parts.About(own.id(), project.id(), null, 1);
    Parts.About invented = new Parts.About(domain.id(), project.id(), null, 7);
    String events = root.resolve(project.path("/events")).toString();
    try (SseReader stream = SseReader.open(events, project.token(), null)) {
      assertThat(stream.nextOfAny().event()).isEqualTo(":");
      parts.says(rogue, about, new StepCompleted("forged", Instant.now(), 1));
      parts.saysAs(domain.host(), rogue, about, new StepCompleted("forged", Instant.now(), 1));
      parts.says(own.host(), spoofed, new StepCompleted("forged", Instant.now(), 1));
      parts.says(rogue, invented, new StepCompleted("forged", Instant.now(), 1));
      parts.says(domain.host(), about, new StepCompleted("true", Instant.now(), 1));
      assertThat(stream.next().data()).contains("\"true\"").doesNotContain("forged");
    }
    assertThat(RestAssured.get("/q/metrics").asString())
        .contains("drover_stream_records_refused_total{");
  }

  @Test
  void nobodyButTheSchedulerSpeaksForIt() {
    TestProject project = Api.project();
    RunningDomain domain = RunningDomain.make(project, parts);
    Event lie = placed(new HostId(UUID.randomUUID()));
    Envelope<Event> envelope =
        new Envelope<>(
            UUID.randomUUID(),
            EventSource.SCHEDULER.uri(),
            domain.id().toString(),
            Instant.now(),
            9,
            0,
            project.id(),
            null,
            2,
            lie);
    for (String topic : List.of(Topics.DOMAIN_EVENTS, Topics.PLACEMENTS)) {
      parts.raw(topic, envelope.subject(), CloudEvents.headers(envelope), ContractJson.write(lie));
    }
    // Signed, but where others may write too.
    parts.say(Topics.DOMAIN_EVENTS, envelope);
    assertThat(parts.heard(Topics.DEAD_LETTERS, domain.id().toString(), 3)).hasSize(3);
    domain.get("/domains/web").then().body("host.name", not(equalTo("rogue")));
  }

  @Test
  void aHostOfOneDomainSaysNothingOfAnothersOperation() {
    TestProject project = Api.project();
    RunningDomain own = RunningDomain.make(project, parts);
    TestProject other = Api.project();
    RunningDomain victim = RunningDomain.make(other, parts);
    String operation =
        other.request().post(other.path("/domains/web/shutdown")).then().extract().path("id");
    Parts.About about = new Parts.About(own.id(), project.id(), UUID.fromString(operation), 1);
    parts.says(own.host(), about, new StepCompleted("forged-step", Instant.now(), 1));
    parts.says(own.host(), about, new DomainFailed(PROBLEM, "stop-domain", true));
    parts.says(own.host(), about, new DomainObserved(own.host(), "paused", "user"));
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .until(() -> "paused".equals(own.get("/domains/web").path("observed.state")));

    other
        .request()
        .get(other.path("/operations/" + operation))
        .then()
        .body("state", equalTo("RUNNING"))
        .body("steps.name", not(org.hamcrest.Matchers.hasItem("forged-step")));
    assertThat(victim.get("/domains/web").<String>path("phase")).isEqualTo("RUNNING");
  }

  @Test
  void whatAHostSaysBeforeTheSchedulerHasToldThePlacementIsBelievedThen() {
    TestProject project = Api.project();
    RunningDomain domain = RunningDomain.make(project, parts);
    domain.stop();
    String start =
        project
            .request()
            .post(project.path("/domains/web/start"))
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    HostId host = new HostId(UUID.randomUUID());
    HostId rogue = new HostId(UUID.randomUUID());
    Parts.About about = new Parts.About(domain.id(), project.id(), UUID.fromString(start), 2);
    parts.says(rogue, about, new DomainFailed(PROBLEM, "start-domain", false));
    parts.says(host, about, new DomainStarted(host, "tcg"));
    parts.say(about, placed(host));

    Api.awaitOperation(project, start, "SUCCEEDED");
    Api.awaitPhase(project, "/domains/web", "RUNNING");
    domain.get("/domains/web").then().body("lastProblem", equalTo(null));
  }
}

package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.lessThan;

import io.drover.contracts.command.PlaceDomain;
import io.drover.contracts.command.Resources;
import io.drover.contracts.event.DomainDeleted;
import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.event.DomainStarted;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.OperationAccepted;
import io.drover.contracts.event.StepCompleted;
import io.drover.contracts.event.StopReason;
import io.drover.contracts.id.HostId;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.Topics;
import io.drover.contracts.requirement.Requirements.AcceleratorNeed;
import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.Parts;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** A domain's life as the gateway sees it: requests in, commands out, events in, state out. */
@QuarkusTest
class DomainFlowIT extends GatewayTestCase {
  private final HostId host = new HostId(UUID.randomUUID());

  @Test
  void aDomainIsCreatedStartedStoppedAndDeleted() {
    TestProject project = Api.project();
    Api.readyVolume(project, parts, "disk1");
    Response accepted = project.post("/domains", "application/xml", Api.xml("web1", "disk1"));
    accepted.then().statusCode(202).body("kind", equalTo("CREATE_DOMAIN"));
    String operation = accepted.path("id");
    UUID domain = UUID.fromString(accepted.path("subject"));
    assertThat(accepted.header("Location")).isEqualTo(project.path("/operations/" + operation));

    ConsumerRecord<String, byte[]> record =
        parts.heard(Topics.DOMAIN_COMMANDS, domain.toString(), 1).get(0);
    Envelope<Object> command = Parts.envelope(record);
    PlaceDomain place = (PlaceDomain) command.data();
    assertThat(place.name()).isEqualTo("web1");
    assertThat(place.volumes()).extracting("name").containsExactly("disk1");
    assertThat(place.volumes().get(0).keyId()).isNotNull();
    assertThat(new String(record.value(), StandardCharsets.UTF_8)).contains("\"requirements\":{");
    assertThat(place.requirements().accelerator()).isEqualTo(AcceleratorNeed.ANY);
    assertThat(Parts.header(record, "traceparent")).isPresent();

    Parts.About about = new Parts.About(domain, project.id(), UUID.fromString(operation), 1);
    parts.say(about, placed());
    Api.awaitPhase(project, "/domains/web1", "PLACED");
    parts.say(about, new StepCompleted("place", Instant.now(), 1_500));
    parts.say(about, new DomainStarted(host, "tcg"));
    Api.awaitOperation(project, operation, "SUCCEEDED");
    project
        .request()
        .get(project.path("/operations/" + operation))
        .then()
        .body("steps.name", equalTo(List.of("accept", "place")));
    project
        .request()
        .get(project.path("/domains/" + domain))
        .then()
        .statusCode(200)
        .body("phase", equalTo("RUNNING"))
        .body("observed.state", equalTo("running"))
        .body("observed.ageSeconds", lessThan(20f))
        .body("host.name", equalTo("host-1"))
        .body("accelerator", equalTo("tcg"));

    stopAndDelete(project, domain);
  }

  private void stopAndDelete(TestProject project, UUID domain) {
    String destroy =
        project
            .request()
            .post(project.path("/domains/web1/destroy"))
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    parts.say(
        new Parts.About(domain, project.id(), UUID.fromString(destroy), 1),
        new DomainStopped(host, StopReason.DESTROYED, ""));
    Api.awaitOperation(project, destroy, "SUCCEEDED");
    Api.awaitPhase(project, "/domains/web1", "STOPPED");

    String delete =
        project
            .request()
            .delete(project.path("/domains/web1"))
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    parts.say(
        new Parts.About(domain, project.id(), UUID.fromString(delete), 1), new DomainDeleted());
    Api.awaitOperation(project, delete, "SUCCEEDED");
    project.request().get(project.path("/domains/web1")).then().statusCode(404);
    project.request().get(project.path("/volumes")).then().body("items.name", hasItem("disk1"));
    List<ConsumerRecord<String, byte[]>> states =
        parts.heard(Topics.DOMAIN_STATE, domain.toString(), 5);
    assertThat(states.get(states.size() - 1).value()).isNull();
  }

  @Test
  void theGatewaysOwnEventsComeInOrderBeforeTheirCommand() {
    TestProject project = Api.project();
    Response accepted = project.post("/domains", "application/xml", Api.xml("ordered"));
    String domain = accepted.path("subject");
    List<Envelope<Object>> events =
        parts.heard(Topics.DOMAIN_EVENTS, domain, 2).stream().map(Parts::envelope).toList();
    assertThat(events).extracting(Envelope::sequence).containsExactly(1L, 2L);
    assertThat(events.get(0).data()).isInstanceOf(OperationAccepted.class);
    assertThat(events.get(1).data()).isInstanceOf(StepCompleted.class);
  }

  private DomainPlaced placed() {
    return new DomainPlaced(
        host, "host-1", URI.create("http://127.0.0.1:1"), new Resources(1, 64), List.of());
  }
}

package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.drover.contracts.command.PlaceDomain;
import io.drover.contracts.event.DomainModified;
import io.drover.contracts.event.OperationFailed;
import io.drover.contracts.event.OperationSucceeded;
import io.drover.contracts.id.VolumeId;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.Topics;
import io.drover.contracts.operation.Applies;
import io.drover.contracts.operation.DetachDisk;
import io.drover.contracts.operation.DiskAttached;
import io.drover.contracts.operation.DiskDetached;
import io.drover.contracts.operation.DiskResized;
import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.Parts;
import io.drover.gateway.support.Patience;
import io.drover.gateway.support.RunningDomain;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Disks that guests release or grow late or by themselves, and those of domains that do not run.
 */
@QuarkusTest
class ReleasedDisksIT extends GatewayTestCase {
  private TestProject project;
  private RunningDomain domain;

  @BeforeEach
  void makeDomain() {
    project = Api.project();
    domain = RunningDomain.make(project, parts);
    domain.volume("data");
  }

  @Test
  void aDiskThatIsReleasedLateIsDetachedFromBothDefinitionsThatNamedIt() {
    attach("BOTH");
    String detach =
        domain.accepted(Map.of("operation", "detach-disk", "target", "vdb", "applies", "BOTH"));
    DiskDetached late = new DiskDetached("vdb", DiskDetached.Outcome.TIMED_OUT);
    domain.say(detach, new OperationFailed("detach-disk", late.refusal(), true));
    Api.awaitOperation(project, detach, "FAILED");
    assertThat(domain.xml()).contains("vdb");
    attachedToDomain("data");

    domain.say(detach, released("vdb"));

    awaitFree("data");
    assertThat(domain.xml()).doesNotContain("vdb");
    domain.get("/operations/" + detach).then().body("state", equalTo("FAILED"));
    domain.say(detach, released("vdb")); // told again after a kill of the agent
    attach("LIVE");
    attachedToDomain("data");
  }

  @Test
  void aDiskThatAGuestReleasesByItselfIsStillThereAtTheNextStart() {
    attach("LIVE");
    domain.say(null, released("vda"));
    domain.say(null, released("vdb"));

    awaitFree("data");
    assertThat(domain.xml()).contains("vda");
    attachedToDomain("root");
  }

  @Test
  void aDiskThatGrewInARunThatIsOverHasAGrownVolume() {
    String id =
        domain.accepted(Map.of("operation", "blockresize", "target", "vda", "sizeBytes", 32 << 20));
    VolumeId root = VolumeId.parse(domain.get("/volumes/root").jsonPath().getString("id"));
    domain.stop();
    domain.say(id, new OperationSucceeded("blockresize", new DiskResized("vda", 32 << 20, root)));
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .until(() -> domain.get("/volumes/root").jsonPath().getInt("sizeBytes") == 32 << 20);
  }

  @Test
  void aDomainThatDoesNotRunStartsWithWhatItsNextStartWasGiven() {
    domain.stop();
    operate("CONFIG", 202);
    operate("BOTH", 409);
    operate("LIVE", 409);
    operate("CONFIG", 409);
    assertThat(domain.xml()).contains("vdb");
    String start =
        project
            .post("/domains/web/start", "application/json", Map.of())
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    PlaceDomain placed = placed(start);
    assertThat(placed.definition()).contains("vdb");
    assertThat(placed.volumes()).extracting("name").contains("root", "data");
  }

  private DomainModified released(String target) {
    return new DomainModified(
        domain.host(),
        new DetachDisk(target, Applies.LIVE),
        new DiskDetached(target, DiskDetached.Outcome.REMOVED));
  }

  private static Map<String, String> attaching(String applies) {
    return Map.of(
        "operation", "attach-disk", "disk", RunningDomain.disk("data", "vdb"), "applies", applies);
  }

  private void operate(String applies, int status) {
    domain.operate(attaching(applies)).then().statusCode(status);
  }

  private void attach(String applies) {
    String id = domain.accepted(attaching(applies));
    domain.say(id, new OperationSucceeded("attach-disk", new DiskAttached("vdb", "virtio-disk1")));
    Api.awaitOperation(project, id, "SUCCEEDED");
  }

  private void attachedToDomain(String volume) {
    domain.get("/volumes/" + volume).then().body("attachedTo", equalTo(domain.id().toString()));
  }

  private void awaitFree(String volume) {
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .untilAsserted(
            () -> domain.get("/volumes/" + volume).then().body("attachedTo", nullValue()));
  }

  /** The second command of the domain: the first one has started it before. */
  private PlaceDomain placed(String operation) {
    Envelope<?> last =
        Parts.envelope(parts.heard(Topics.DOMAIN_COMMANDS, domain.id().toString(), 2).get(1));
    assertThat(String.valueOf(last.operationId())).isEqualTo(operation);
    return (PlaceDomain) last.data();
  }
}

package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.drover.contracts.command.AbortOperation;
import io.drover.contracts.command.OperateDomain;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.OperationFailed;
import io.drover.contracts.event.OperationProgressed;
import io.drover.contracts.event.OperationSucceeded;
import io.drover.contracts.message.Topics;
import io.drover.contracts.operation.Applies;
import io.drover.contracts.operation.AttachDisk;
import io.drover.contracts.operation.DiskAttached;
import io.drover.contracts.operation.DiskCopied;
import io.drover.contracts.operation.DiskDetached;
import io.drover.contracts.operation.DiskResized;
import io.drover.contracts.operation.Done;
import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.Parts;
import io.drover.gateway.support.Patience;
import io.drover.gateway.support.RunningDomain;
import io.drover.gateway.support.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operations on a running domain: requests in, one command out, generic events in. */
@QuarkusTest
class LiveOperationsIT extends GatewayTestCase {
  private TestProject project;
  private RunningDomain domain;

  @BeforeEach
  void makeDomain() {
    project = Api.project();
    domain = RunningDomain.make(project, parts);
  }

  @Test
  void anOperationIsOneCommandAndEndsByTheEventThatNamesIt() {
    for (String verb : List.of("suspend", "resume", "reset", "reboot")) {
      Response accepted = domain.operate(Map.of("operation", verb));
      accepted
          .then()
          .statusCode(202)
          .body("kind", equalTo("OPERATE_DOMAIN"))
          .body("operation", equalTo(verb))
          .body("state", equalTo("RUNNING"))
          .body("actor", containsString(""));
      String id = accepted.path("id");
      assertThat(accepted.header("Location")).isEqualTo(project.path("/operations/" + id));
      assertThat(command(id, OperateDomain.class).operation().name()).isEqualTo(verb);
      domain.say(id, new OperationSucceeded(verb, Done.DONE));
      Api.awaitOperation(project, id, "SUCCEEDED");
      domain.get("/operations/" + id).then().body("result.result", equalTo("done"));
    }
  }

  @Test
  void aDiskIsAttachedToBothDefinitionsAndItsVolumeIsTakenFromTheStart() {
    UUID data = domain.volume("data");
    String id = domain.accepted(attach("data", "vdb", "BOTH"));
    OperateDomain command = command(id, OperateDomain.class);
    assertThat(((AttachDisk) command.operation()).applies()).isEqualTo(Applies.LIVE);
    assertThat(command.volumes()).extracting("volumeId").extracting("value").containsExactly(data);
    assertThat(command.volumes().get(0).keyId()).isNotNull();
    domain.get("/volumes/data").then().body("attachedTo", equalTo(domain.id().toString()));
    project
        .request()
        .delete(project.path("/volumes/data"))
        .then()
        .statusCode(409)
        .body("code", equalTo("IN_USE"));
    assertThat(domain.xml()).doesNotContain("vdb");

    domain.say(id, new OperationSucceeded("attach-disk", new DiskAttached("vdb", "virtio-disk1")));
    Api.awaitOperation(project, id, "SUCCEEDED");
    assertThat(domain.xml()).contains("vdb");
    domain.get("/domains/web").then().body("volumes.name", equalTo(List.of("root", "data")));

    String detach = domain.accepted(detach("vdb", "BOTH"));
    domain.say(detach, new OperationSucceeded("detach-disk", removed("vdb")));
    Api.awaitOperation(project, detach, "SUCCEEDED");
    assertThat(domain.xml()).doesNotContain("vdb");
    project.request().delete(project.path("/volumes/data")).then().statusCode(202);
  }

  @Test
  void whatOnlyTheRunningDomainHasIsFreeOnceItHasStopped() {
    domain.volume("data");
    String id = domain.accepted(attach("data", "vdb", "LIVE"));
    domain.say(id, new OperationSucceeded("attach-disk", new DiskAttached("vdb", "virtio-disk1")));
    Api.awaitOperation(project, id, "SUCCEEDED");
    assertThat(domain.xml()).doesNotContain("vdb");
    domain.get("/volumes/data").then().body("attachedTo", equalTo(domain.id().toString()));
    refused(attach("data", "vdc", "LIVE"), 409, "IN_USE");
    domain.volume("more");
    refused(attach("more", "vdb", "LIVE"), 409, "INVALID_STATE");

    domain.stop();
    domain.get("/volumes/data").then().body("attachedTo", nullValue());
    domain.get("/volumes/root").then().body("attachedTo", equalTo(domain.id().toString()));
  }

  @Test
  void aFailedOperationLeavesAllAsItWas() {
    String before = domain.xml();
    domain.volume("data");
    String id = domain.accepted(attach("data", "vdb", "BOTH"));
    refused(attach("data", "vdc", "BOTH"), 409, "IN_USE");
    domain.say(
        id,
        new OperationFailed(
            "attach-disk", Problem.of(ErrorCode.QEMU_REFUSED, "QEMU has no free port."), true));
    Api.awaitOperation(project, id, "FAILED");
    domain.get("/operations/" + id).then().body("problem.code", equalTo("QEMU_REFUSED"));
    domain.get("/volumes/data").then().body("attachedTo", nullValue());
    domain.get("/domains/web").then().body("phase", equalTo("RUNNING"));
    assertThat(domain.xml()).isEqualTo(before);
  }

  @Test
  void theNextStartAloneIsTheGatewaysOwnChange() {
    domain.volume("data");
    Response attached = domain.operate(attach("data", "vdb", "CONFIG"));
    attached
        .then()
        .statusCode(202)
        .body("state", equalTo("SUCCEEDED"))
        .body("result.target", equalTo("vdb"))
        .body("result.alias", equalTo(""));
    assertThat(domain.xml()).contains("vdb");
    domain.get("/volumes/data").then().body("attachedTo", equalTo(domain.id().toString()));
    assertThat(parts.heard(Topics.DOMAIN_EVENTS, domain.id().toString(), OperationSucceeded.class))
        .isNotEmpty();

    domain.stop();
    refused(attach("data", "vdc", "LIVE"), 409, "INVALID_STATE");
    domain.operate(detach("vdb", "CONFIG")).then().body("state", equalTo("SUCCEEDED"));
    assertThat(domain.xml()).doesNotContain("vdb");
    domain.get("/volumes/data").then().body("attachedTo", nullValue());
  }

  @Test
  void aDiskThatTheNextStartHasNoLongerIsInUseUntilTheEnd() {
    domain.operate(detach("vda", "CONFIG")).then().body("state", equalTo("SUCCEEDED"));
    assertThat(domain.xml()).doesNotContain("vda");
    domain.get("/volumes/root").then().body("attachedTo", equalTo(domain.id().toString()));
    domain.stop();
    domain.get("/volumes/root").then().body("attachedTo", nullValue());
  }

  @Test
  void aGrownDiskHasAGrownVolume() {
    String id =
        domain.accepted(Map.of("operation", "blockresize", "target", "vda", "sizeBytes", 32 << 20));
    domain.say(id, new OperationSucceeded("blockresize", new DiskResized("vda", 32 << 20)));
    Api.awaitOperation(project, id, "SUCCEEDED");
    domain.get("/volumes/root").then().body("sizeBytes", equalTo(32 << 20));
  }

  @Test
  void aCopyHasProgressCanBeAbortedAndTakesTheOldVolumesPlace() {
    domain.volume("copy");
    Map<String, Object> copy =
        Map.of(
            "bytesPerSecond",
            0,
            "operation",
            "blockcopy",
            "target",
            "vda",
            "destination",
            RunningDomain.disk("copy", "vda"));
    String id = domain.accepted(copy);
    domain.say(id, new OperationProgressed("blockcopy", 5, 20));
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .untilAsserted(
            () ->
                domain
                    .get("/operations/" + id)
                    .then()
                    .body("progress.done", equalTo(5))
                    .body("progress.total", equalTo(20)));
    String abort =
        project
            .request()
            .post(project.path("/operations/" + id + "/abort"))
            .then()
            .statusCode(202)
            .body("kind", equalTo("ABORT_OPERATION"))
            .extract()
            .path("id");
    assertThat(command(abort, AbortOperation.class).aborted().toString()).isEqualTo(id);
    Problem aborted = Problem.of(ErrorCode.INVALID_STATE, "The copy was aborted.");
    domain.say(id, new OperationFailed("blockcopy", aborted, true));
    domain.say(abort, new OperationSucceeded("abort", Done.DONE));
    Api.awaitOperation(project, abort, "SUCCEEDED");
    domain.get("/operations/" + id).then().body("state", equalTo("FAILED"));
    domain.get("/volumes/copy").then().body("attachedTo", nullValue());

    String again = domain.accepted(copy);
    domain.say(again, new OperationSucceeded("blockcopy", new DiskCopied("vda", 20)));
    Api.awaitOperation(project, again, "SUCCEEDED");
    domain.get("/domains/web").then().body("volumes.name", equalTo(List.of("copy")));
    domain.get("/volumes/root").then().body("attachedTo", nullValue());
  }

  @Test
  void onlyALongOperationThatRunsCanBeAborted() {
    String id = domain.accepted(Map.of("operation", "suspend"));
    project
        .request()
        .post(project.path("/operations/" + id + "/abort"))
        .then()
        .statusCode(409)
        .body("code", equalTo("INVALID_STATE"));
    project
        .request()
        .post(project.path("/operations/" + UUID.randomUUID() + "/abort"))
        .then()
        .statusCode(404);
  }

  @Test
  void badInputIsAProblemThatSaysWhatIsWrongAndNothingChanges() {
    int before = operations();
    refused(Map.of("operation", "explode"), 400, "INVALID_REQUEST")
        .then()
        .body("detail", containsString("explode"))
        .body("detail", containsString("attach-disk"));
    refused(Map.of(), 400, "INVALID_REQUEST").then().body("detail", containsString("missing"));
    refused(Map.of("operation", "reset", "hard", true), 400, "INVALID_REQUEST")
        .then()
        .body("detail", containsString("/hard"));
    refused(Map.of("operation", "reboot", "mode", "KICK"), 400, "INVALID_REQUEST");
    refused(Map.of("operation", "attach-disk"), 400, "INVALID_REQUEST")
        .then()
        .body("detail", containsString("disk"));
    refused(Map.of("operation", "attach-disk", "disk", "<disk>"), 400, "MALFORMED_XML");
    refused(Map.of("operation", "attach-disk", "disk", "<video/>"), 422, "INVALID_DEFINITION");
    refused(attach("none", "vdb", "LIVE"), 404, "NOT_FOUND");
    refused(attach("root", "vdb", "LIVE"), 409, "IN_USE");
    refused(detach("vdz", "LIVE"), 404, "NOT_FOUND");
    refused(Map.of("operation", "blockresize", "target", "vda"), 400, "INVALID_REQUEST");
    refused(
        Map.of("operation", "blockresize", "target", "vda", "sizeBytes", 513),
        400,
        "INVALID_REQUEST");
    refused(
        Map.of("operation", "blockresize", "target", "vda", "sizeBytes", 1L << 60),
        422,
        "LIMIT_EXCEEDED");
    refused(
        Map.of("operation", "blockresize", "target", "vdz", "sizeBytes", 1 << 20),
        404,
        "NOT_FOUND");
    refused(Map.of("operation", "blockcopy", "target", "vda"), 400, "INVALID_REQUEST");
    project
        .post("/domains/web/operations", "application/json", "{\"operation\":")
        .then()
        .statusCode(400);
    project.post("/domains/web/operations", "application/xml", "<x/>").then().statusCode(415);
    assertThat(operations()).isEqualTo(before);
  }

  @Test
  void whatNamesAHostIsAnOperatorsAlone() {
    Map<String, String> file =
        Map.of(
            "operation",
            "attach-disk",
            "disk",
            "<disk type='file'><source file='/etc/shadow'/><target dev='vdb'/></disk>");
    int before = operations();
    refused(file, 403, "FORBIDDEN_FOR_TENANTS")
        .then()
        .body("errors[0].path", containsString("/disk"));
    refused(
        Map.of(
            "operation",
            "blockcopy",
            "target",
            "vda",
            "destination",
            file.get("disk"),
            "bytesPerSecond",
            0),
        403,
        "FORBIDDEN_FOR_TENANTS");
    assertThat(operations()).isEqualTo(before);
    Api.as(Tokens.operator())
        .contentType("application/json")
        .body(file)
        .post(project.path("/domains/web/operations"))
        .then()
        .statusCode(202);
  }

  @Test
  void toAnotherProjectTheDomainIsNotThere() {
    TestProject other = Api.project();
    other
        .post("/domains/web/operations", "application/json", Map.of("operation", "suspend"))
        .then()
        .statusCode(404);
    other
        .request()
        .contentType("application/json")
        .body(Map.of("operation", "suspend"))
        .post(project.path("/domains/web/operations"))
        .then()
        .statusCode(404);
    Api.readyVolume(other, parts, "theirs");
    refused(attach("theirs", "vdb", "LIVE"), 404, "NOT_FOUND");
  }

  @Test
  void theSameKeyIsOneOperationAndAnOldVersionIsRefused() {
    String key = UUID.randomUUID().toString();
    String first = keyed(key).then().statusCode(202).extract().path("id");
    keyed(key).then().statusCode(202).body("id", equalTo(first));
    project
        .request()
        .header("If-Match", "\"4711\"")
        .contentType("application/json")
        .body(Map.of("operation", "suspend"))
        .post(project.path("/domains/web/operations"))
        .then()
        .statusCode(412);
  }

  @Test
  void theEndOfTheDomainEndsWhatIsUnderWay() {
    String id = domain.accepted(Map.of("operation", "suspend"));
    domain.stop();
    Api.awaitOperation(project, id, "FAILED");
    domain.get("/operations/" + id).then().body("problem.code", equalTo("INVALID_STATE"));
  }

  private Response keyed(String key) {
    return project
        .request()
        .header("Idempotency-Key", key)
        .contentType("application/json")
        .body(Map.of("operation", "suspend"))
        .post(project.path("/domains/web/operations"));
  }

  private Response refused(Map<String, ?> body, int status, String code) {
    Response response = domain.operate(body);
    response.then().statusCode(status).body("code", equalTo(code));
    return response;
  }

  private int operations() {
    return domain.get("/operations").jsonPath().getList("items").size();
  }

  /** The command of the operation; the topic has more of the same domain. */
  private <C> C command(String operation, Class<C> type) {
    for (int count = 2; count < 20; count++) {
      for (var record : parts.heard(Topics.DOMAIN_COMMANDS, domain.id().toString(), count)) {
        var envelope = Parts.envelope(record);
        if (String.valueOf(envelope.operationId()).equals(operation)) {
          return type.cast(envelope.data());
        }
      }
    }
    throw new AssertionError("No command of the operation " + operation);
  }

  private static Map<String, String> attach(String volume, String target, String applies) {
    return Map.of(
        "operation", "attach-disk", "disk", RunningDomain.disk(volume, target), "applies", applies);
  }

  private static Map<String, String> detach(String target, String applies) {
    return Map.of("operation", "detach-disk", "target", target, "applies", applies);
  }

  private static DiskDetached removed(String target) {
    return new DiskDetached(target, DiskDetached.Outcome.REMOVED);
  }
}

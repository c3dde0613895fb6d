package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.drover.contracts.command.AdministerHost;
import io.drover.contracts.command.DeleteDomain;
import io.drover.contracts.command.HostAction;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.CommandSuperseded;
import io.drover.contracts.event.DomainDeleted;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.OperationFailed;
import io.drover.contracts.event.OperationSucceeded;
import io.drover.contracts.event.StepCompleted;
import io.drover.contracts.event.StopReason;
import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.Topics;
import io.drover.contracts.operation.Done;
import io.drover.contracts.report.HostReport.Accelerator;
import io.drover.contracts.report.HostReport.Isolation;
import io.drover.contracts.report.HostState;
import io.drover.contracts.report.HostState.Admission;
import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.Parts;
import io.drover.gateway.support.Patience;
import io.drover.gateway.support.RunningDomain;
import io.drover.gateway.support.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** KnownHosts as the scheduler tells them, what operators do to them, and domains of those away. */
@QuarkusTest
class KnownHostsIT extends GatewayTestCase {
  private final HostId host = new HostId(UUID.randomUUID());
  private final String name = "rack-" + host.toString().substring(0, 8);
  private long version;

  private HostState state(HostId id, boolean up, Admission admission, Instant reportedAt) {
    version++;
    return new HostState(
        id,
        name,
        version,
        admission,
        admission == Admission.ENABLED ? "" : "smoke",
        up,
        true,
        reportedAt,
        0,
        7,
        16,
        32_768,
        2,
        2048,
        new HostState.DiskRoom(100L << 30, 80L << 30, 40L << 30),
        1,
        1,
        List.of(new Accelerator("tcg", true, "")),
        new Isolation(false, "nft is missing"),
        "7.2.22",
        URI.create("http://127.0.0.1:8083"));
  }

  private static Envelope<HostState> envelope(HostState state, EventSource source) {
    return new Envelope<>(
        UUID.randomUUID(),
        source.uri(),
        state.hostId().toString(),
        Instant.now(),
        state.version(),
        0,
        null,
        null,
        0,
        state);
  }

  private void published(HostState state) {
    parts.say(Topics.HOSTS, envelope(state, EventSource.SCHEDULER));
  }

  private static Response operator(String path) {
    return Api.as(Tokens.operator()).get(path);
  }

  private void awaitHost(String field, Object value) {
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .until(
            () -> {
              Response read = operator("/v1/hosts/" + host);
              return read.statusCode() == 200 && value.equals(read.jsonPath().get(field));
            });
  }

  private String post(String action, Object body) {
    return Api.as(Tokens.operator())
        .contentType("application/json")
        .body(body)
        .post("/v1/hosts/" + name + "/" + action)
        .then()
        .statusCode(202)
        .header("Location", startsWith("/v1/hosts/" + host + "/operations/"))
        .extract()
        .path("id");
  }

  private AdministerHost command(int number) {
    return (AdministerHost)
        Parts.envelope(parts.heard(Topics.DOMAIN_COMMANDS, host.toString(), number).get(number - 1))
            .data();
  }

  private void awaitOperation(String operation, String state) {
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .until(
            () ->
                operator("/v1/hosts/" + host + "/operations/" + operation)
                    .jsonPath()
                    .getString("state")
                    .equals(state));
  }

  private Parts.About about(String operation) {
    return new Parts.About(host.value(), ProjectId.NONE, UUID.fromString(operation), 0);
  }

  @Test
  void aHostThatIsDownStaysInTheListWithTheAgeOfWhatIsKnown() {
    published(state(host, true, Admission.ENABLED, Instant.now()));
    awaitHost("state", "UP");
    operator("/v1/hosts/" + host)
        .then()
        .body("isolation.reason", equalTo("nft is missing"))
        .body("disk.totalBytes", equalTo(100L << 30))
        .body("disk.freeBytes", equalTo(80L << 30))
        .body("disk.claimedBytes", equalTo(40L << 30));
    published(state(host, false, Admission.ENABLED, Instant.now().minusSeconds(90_000)));
    awaitHost("state", "DOWN");
    operator("/v1/hosts")
        .then()
        .body("items.find { it.id == '" + host + "' }.ageSeconds", greaterThanOrEqualTo(89_999f))
        .body("items.find { it.id == '" + host + "' }.name", equalTo(name));
  }

  @Test
  void anOperatorDisablesAHostWithAReasonAndTheOperationEndsByTheSchedulersWord() {
    published(state(host, true, Admission.ENABLED, Instant.now()));
    awaitHost("state", "UP");
    String disable = post("disable", Map.of("reason", "memory errors"));
    AdministerHost command = command(1);
    assertThat(command.action()).isEqualTo(HostAction.DISABLE);
    assertThat(command.reason()).isEqualTo("memory errors");
    assertThat(command.header().operator()).isTrue();
    assertThat(command.header().subject()).isEqualTo(host.value());
    parts.say(about(disable), new OperationSucceeded("disable-host", Done.DONE));
    awaitOperation(disable, "SUCCEEDED");
    published(state(host, true, Admission.DISABLED, Instant.now()));
    awaitHost("state", "DISABLED");
    operator("/v1/hosts/" + host).then().body("reason", equalTo("smoke"));

    String enable = post("enable", "{}");
    parts.say(
        about(enable),
        new OperationFailed(
            "enable-host", Problem.of(ErrorCode.NOT_FOUND, "There is no such host."), false));
    awaitOperation(enable, "FAILED");
  }

  @Test
  void aHostIsRemovedAndIsListedNoMore() {
    published(state(host, false, Admission.ENABLED, Instant.now()));
    awaitHost("state", "DOWN");
    Api.as(Tokens.operator())
        .delete("/v1/hosts/" + host + "?force=true")
        .then()
        .statusCode(400)
        .body("detail", containsString("reason"));
    String remove =
        Api.as(Tokens.operator())
            .delete("/v1/hosts/" + host + "?force=true&reason=it burned down")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    assertThat(command(1).force()).isTrue();
    assertThat(command(1).reason()).isEqualTo("it burned down");
    parts.say(about(remove), new OperationSucceeded("remove-host", Done.DONE));
    published(state(host, false, Admission.REMOVED, Instant.now()));
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .until(() -> operator("/v1/hosts/" + host).statusCode() == 404);
    awaitOperation(remove, "SUCCEEDED");
  }

  @Test
  void nobodyButOperatorsChangesHostsOrReadsThem() {
    published(state(host, true, Admission.ENABLED, Instant.now()));
    awaitHost("state", "UP");
    TestProject project = Api.project();
    project.request().get("/v1/hosts/" + host).then().statusCode(403);
    project
        .request()
        .contentType("application/json")
        .body(Map.of("reason", "x"))
        .post("/v1/hosts/" + host + "/disable")
        .then()
        .statusCode(403);
    project.request().delete("/v1/hosts/" + host).then().statusCode(403);
    Api.as(Tokens.operator())
        .contentType("application/json")
        .body("{}")
        .post("/v1/hosts/" + host + "/disable")
        .then()
        .statusCode(400);
    Api.as(Tokens.operator()).delete("/v1/hosts/none").then().statusCode(404);
  }

  @Test
  void whatTheSchedulerHasNotSignedIsADeadLetterAndChangesNothing() {
    published(state(host, true, Admission.ENABLED, Instant.now()));
    awaitHost("state", "UP");
    HostState forged = state(host, true, Admission.DISABLED, Instant.now());
    parts.raw(
        Topics.HOSTS,
        host.toString(),
        CloudEvents.headers(envelope(forged, EventSource.SCHEDULER)),
        ContractJson.write(forged));
    parts.raw(
        Topics.HOSTS,
        host.toString(),
        CloudEvents.headers(envelope(forged, EventSource.hostAgent(host))),
        ContractJson.write(forged));
    assertThat(parts.heard(Topics.DEAD_LETTERS, host.toString(), 2)).hasSize(2);
    operator("/v1/hosts/" + host).then().body("state", equalTo("UP"));
  }

  @Test
  void aDomainOfADeadHostIsUnreachableAndItsStopIsAnIntentThatEndsWithAClearProblem()
      throws Exception {
    TestProject project = Api.project();
    RunningDomain domain = RunningDomain.make(project, parts);
    Instant last = Instant.now().minusSeconds(60);
    published(state(domain.host(), true, Admission.ENABLED, last));
    domain.get("/domains/web").then().body("unreachableSince", nullValue());
    published(state(domain.host(), false, Admission.ENABLED, last));
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .until(() -> domain.get("/domains/web").jsonPath().getString("unreachableSince") != null);
    domain.get("/domains/web").then().body("phase", equalTo("RUNNING"));

    String stop =
        project
            .request()
            .post(project.path("/domains/web/shutdown"))
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    Problem epoch = Problem.of(ErrorCode.SUPERSEDED, "Another epoch.");
    domain.say(stop, new CommandSuperseded(new CommandId(UUID.randomUUID()), epoch));
    domain.say(stop, new StepCompleted("ask-guest", Instant.now(), 1));
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .until(
            () ->
                domain
                    .get("/operations/" + stop)
                    .jsonPath()
                    .getList("steps.name")
                    .contains("ask-guest"));
    overdue(stop);
    Api.awaitOperation(project, stop, "FAILED");
    domain
        .get("/operations/" + stop)
        .then()
        .body("problem.detail", containsString("has not reported since"))
        .body("problem.detail", containsString("when the host comes back"));
    domain
        .get("/domains/web")
        .then()
        .body("desired", equalTo("STOPPED"))
        .body("phase", equalTo("RUNNING"));
    domain.say(null, new DomainStopped(domain.host(), StopReason.HOST_REMOVED, "Removed."));
    Api.awaitPhase(project, "/domains/web", "STOPPED");
    domain.get("/domains/web").then().body("unreachableSince", nullValue());
  }

  @Test
  void aDomainIsDeletedByForceByAnOperatorAndByATenantOnceItsHostWasRemoved() {
    TestProject project = Api.project();
    RunningDomain domain = RunningDomain.make(project, parts);
    String forced = project.path("/domains/web?force=true&reason=it burned down");
    project
        .request()
        .delete(forced)
        .then()
        .statusCode(403)
        .body("detail", containsString("by an operator"));
    Api.as(Tokens.operator()).delete(forced).then().statusCode(202);
    DeleteDomain command = (DeleteDomain) last(domain);
    assertThat(command.forcedBecause()).isEqualTo("it burned down");

    published(state(domain.host(), false, Admission.REMOVED, Instant.now()));
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .until(() -> project.request().delete(forced).statusCode() == 202);
    domain.say(null, new DomainDeleted());
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .until(() -> domain.get("/domains/web").statusCode() == 404);
  }

  private Object last(RunningDomain domain) {
    return Parts.envelope(parts.heard(Topics.DOMAIN_COMMANDS, domain.id().toString(), 2).get(1))
        .data();
  }

  private void overdue(String operation) throws Exception {
    database.execute(
        "update gateway.operations set deadline = now() - interval '1 second' where id = '"
            + UUID.fromString(operation)
            + "'");
  }
}

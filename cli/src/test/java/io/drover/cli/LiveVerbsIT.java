package io.drover.cli;

import static io.drover.cli.FakeGateway.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.json.ContractJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The verbs on running domains: what is asked of the gateway, and what is shown. */
class LiveVerbsIT {
  private static final String OPERATE = "POST /v1/projects/demo/domains/web/operations";
  private static final String OPERATIONS =
      "GET /v1/projects/demo/operations?subject=d-1&pageSize=200";

  @TempDir Path folder;
  private final FakeGateway gateway = new FakeGateway();

  @AfterEach
  void stop() {
    gateway.close();
  }

  private Invocation.Result run(String... arguments) {
    return Invocation.at(gateway, folder).run(arguments);
  }

  private JsonNode asked(String... arguments) {
    gateway.on(OPERATE, 202, operation("RUNNING", ""));
    Invocation.Result result = run(arguments);
    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("web: accepted as operation op-1");
    byte[] body = gateway.asked().get(0).body().getBytes(StandardCharsets.UTF_8);
    return ContractJson.read(body, JsonNode.class);
  }

  private static String operation(String state, String more) {
    return """
        {"id":"op-1","kind":"OPERATE_DOMAIN","operation":"blockcopy","state":"%s","subject":"d-1",
         "name":"web","actor":"alice","abortable":true,"createdAt":"2026-11-23T12:00:00Z",
         "deadline":"2026-11-24T12:00:00Z","steps":[%s]}"""
        .formatted(state, more);
  }

  @ParameterizedTest
  @ValueSource(strings = {"suspend", "resume", "reset", "reboot"})
  void aVerbIsAnOperationOfTheSameName(String verb) {
    assertThat(asked("domain", verb, "web").path("operation").asText()).isEqualTo(verb);
  }

  @Test
  void rebootNamesWhoIsAsked() {
    assertThat(asked("domain", "reboot", "web", "--mode", "acpi").path("mode").asText())
        .isEqualTo("ACPI");
  }

  @Test
  void attachDiskTakesVirshsOptions() {
    JsonNode body =
        asked(
            "domain",
            "attach-disk",
            "web",
            "data",
            "vdb",
            "--targetbus",
            "virtio",
            "--mode",
            "readonly",
            "--serial",
            "S-1",
            "--persistent");
    assertThat(body.path("operation").asText()).isEqualTo("attach-disk");
    assertThat(body.path("applies").asText()).isEqualTo("BOTH");
    assertThat(body.path("disk").asText())
        .contains("pool='drover'", "volume='data'", "dev='vdb'", "bus='virtio'", "<readonly/>")
        .contains("<serial>S-1</serial>");
  }

  @ParameterizedTest
  @CsvSource({"--live,LIVE", "--config,CONFIG", "--persistent,BOTH"})
  void detachDiskSaysWhichDefinitionIsMeant(String option, String applies) {
    JsonNode body = asked("domain", "detach-disk", "web", "vdb", option);
    assertThat(body.path("target").asText()).isEqualTo("vdb");
    assertThat(body.path("applies").asText()).isEqualTo(applies);
  }

  @Test
  void keysAreQemusOrLinuxs() {
    JsonNode body =
        asked("domain", "send-key", "web", "KEY_LEFTCTRL", "alt", "KEY_DELETE", "--holdtime", "50");
    assertThat(body.path("operation").asText()).isEqualTo("send-key");
    assertThat(body.path("keys").toString()).isEqualTo("[\"ctrl\",\"alt\",\"delete\"]");
    assertThat(body.path("holdMillis").asInt()).isEqualTo(50);
  }

  @Test
  void sizesAreReadAsPeopleWriteThem() {
    JsonNode body = asked("domain", "blockresize", "web", "vda", "--size", "20G");
    assertThat(body.path("sizeBytes").asLong()).isEqualTo(20L << 30);
  }

  @Test
  void blockcopyNamesTheVolumeAndTheSpeed() {
    JsonNode body =
        asked("domain", "blockcopy", "web", "vda", "--dest", "copy", "--bandwidth", "50M");
    assertThat(body.path("target").asText()).isEqualTo("vda");
    assertThat(body.path("destination").asText()).contains("volume='copy'");
    assertThat(body.path("bytesPerSecond").asLong()).isEqualTo(50L << 20);
  }

  @Test
  void whatCanNeverBeRightIsNotSent() {
    assertThat(run("domain", "blockresize", "web", "vda", "--size", "12Q").status()).isEqualTo(2);
    assertThat(run("domain", "blockresize", "web", "vda", "--size", "513").status()).isEqualTo(8);
    assertThat(run("domain", "attach-disk", "web", "data").status()).isEqualTo(2);
    assertThat(gateway.asked()).isEmpty();
  }

  @Test
  void aRefusalHasTheExitCodeOfItsProblem() {
    gateway.on(
        OPERATE, 409, FakeGateway.problem("IN_USE", 2006, 409, "The volume data is in use."));
    Invocation.Result result = run("domain", "attach-disk", "web", "data", "vdb");
    assertThat(result.status()).isEqualTo(6);
    assertThat(result.err()).contains("The volume data is in use.");
  }

  @Test
  void waitingShowsProgressAndTheEnd() {
    gateway
        .on(OPERATE, 202, operation("RUNNING", ""))
        .on("GET /v1/projects/demo/operations/op-1", 200, operation("RUNNING", ""))
        .events(
            "GET /v1/projects/demo/events?operation=op-1",
            event("1", "step-completed", "{\"step\":\"wait-for-turn\",\"durationMicros\":1500}"),
            event("2", "operation-progressed", progress(1 << 20)),
            event("3", "operation-progressed", progress(4 << 20)),
            event(
                "4",
                "operation-succeeded",
                "{\"operation\":\"blockcopy\",\"result\":{\"result\":\"disk-copied\"}}"));
    Invocation.Result result = run("domain", "blockcopy", "web", "vda", "--dest", "copy", "--wait");
    assertThat(result.status()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
              wait-for-turn        1.5 ms
              blockcopy              25 %  (1 MiB of 4 MiB)
              blockcopy             100 %  (4 MiB of 4 MiB)
            web: done
            """);
  }

  private static String progress(long done) {
    return "{\"operation\":\"blockcopy\",\"done\":" + done + ",\"total\":4194304}";
  }

  @Test
  void aDiskThatTheGuestKeepsIsAFailure() {
    gateway
        .on(OPERATE, 202, operation("RUNNING", ""))
        .on("GET /v1/projects/demo/operations/op-1", 200, operation("RUNNING", ""))
        .events(
            "GET /v1/projects/demo/events?operation=op-1",
            event(
                "1",
                "operation-failed",
                "{\"operation\":\"detach-disk\",\"running\":true,\"problem\":"
                    + FakeGateway.problem("TIMED_OUT", 4010, 504, "The disk is still attached.")
                    + "}"));
    Invocation.Result result = run("domain", "detach-disk", "web", "vdb", "--wait");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("still attached", "TIMED_OUT");
  }

  @Test
  void jobsShowsWhoHoldsWhatSinceWhen() {
    domain();
    gateway.on(
        OPERATIONS,
        200,
        "{\"items\":["
            + operation(
                "RUNNING",
                "{\"name\":\"wait-for-turn\",\"source\":\"/host-agents/h-1\","
                    + "\"startedAt\":\"2026-11-23T12:00:00Z\",\"durationMicros\":1}")
            + ","
            + operation("SUCCEEDED", "")
            + "]}");
    Invocation.Result result = run("domain", "jobs", "web");
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .isEqualTo(
            """
            OPERATION  STATE    OWNER  SINCE                 DEADLINE              PROGRESS  ID
            blockcopy  running  alice  2026-11-23T12:00:00Z  2026-11-24T12:00:00Z  -         op-1
            """);
  }

  @Test
  void theOneLongOperationIsAborted() {
    domain();
    gateway
        .on(OPERATIONS, 200, "{\"items\":[" + operation("RUNNING", "") + "]}")
        .on("POST /v1/projects/demo/operations/op-1/abort", 202, operation("RUNNING", ""));
    assertThat(run("domain", "domjobabort", "web").status()).isZero();
    assertThat(gateway.lines()).last().isEqualTo("POST /v1/projects/demo/operations/op-1/abort");
  }

  @Test
  void whereNothingCanBeAbortedNothingIs() {
    domain();
    gateway.on(OPERATIONS, 200, "{\"items\":[]}");
    Invocation.Result result = run("domain", "domjobabort", "web");
    assertThat(result.status()).isEqualTo(6);
    assertThat(result.err()).contains("drover domain jobs web");
  }

  private void domain() {
    gateway.on("GET /v1/projects/demo/domains/web", 200, "{\"id\":\"d-1\",\"name\":\"web\"}");
  }
}

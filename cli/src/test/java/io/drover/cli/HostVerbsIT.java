package io.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators do to hosts, and a domain whose host is down. */
class HostVerbsIT {
  private static final String OPERATION =
      "{\"id\":\"o-1\",\"kind\":\"%s\",\"state\":\"%s\",\"subject\":\"h-1\",\"name\":\"alpha\"}";
  private static final String READ = "GET /v1/hosts/h-1/operations/o-1";

  @TempDir Path folder;
  private final FakeGateway gateway = new FakeGateway();

  @AfterEach
  void stop() {
    gateway.close();
  }

  private Invocation.Result run(String... arguments) {
    return Invocation.at(gateway, folder).run(arguments);
  }

  @Test
  void aHostIsDisabledWithAReasonAndEnabled() {
    gateway
        .on("POST /v1/hosts/alpha/disable", 202, OPERATION.formatted("DISABLE_HOST", "RUNNING"))
        .on(READ, 200, OPERATION.formatted("DISABLE_HOST", "SUCCEEDED"));
    assertThat(run("host", "disable", "alpha", "--reason", "memory errors").out())
        .isEqualTo("alpha: disabled\n");
    assertThat(gateway.asked().get(0).body()).isEqualTo("{\"reason\":\"memory errors\"}");
    gateway.on("POST /v1/hosts/alpha/enable", 202, OPERATION.formatted("ENABLE_HOST", "RUNNING"));
    assertThat(run("host", "enable", "alpha").out()).isEqualTo("alpha: enabled\n");
    assertThat(run("host", "disable", "alpha").status()).isEqualTo(2);
  }

  @Test
  void theSchedulersRefusalToRemoveIsShown() {
    gateway
        .on("DELETE /v1/hosts/alpha", 202, OPERATION.formatted("REMOVE_HOST", "RUNNING"))
        .on(
            READ,
            200,
            OPERATION
                .formatted("REMOVE_HOST", "FAILED")
                .replace(
                    "}", ",\"problem\":{\"code\":\"IN_USE\",\"detail\":\"The host is up.\"}}"));
    Invocation.Result result = run("host", "remove", "alpha");
    assertThat(result.status()).isNotZero();
    assertThat(result.err()).contains("The host is up.");
  }

  @Test
  void whatIsForcedNeedsAReason() {
    gateway
        .on(
            "DELETE /v1/hosts/alpha?force=true&reason=it%20burned",
            202, OPERATION.formatted("REMOVE_HOST", "RUNNING"))
        .on(READ, 200, OPERATION.formatted("REMOVE_HOST", "SUCCEEDED"))
        .on(
            "DELETE /v1/projects/demo/domains/web?force=true&reason=it%20burned",
            202, "{\"id\":\"o-2\",\"name\":\"web\"}");
    assertThat(run("host", "remove", "alpha", "--force").err()).contains("go together");
    assertThat(run("host", "remove", "alpha", "--force", "--reason", "it burned").out())
        .isEqualTo("alpha: removed\n");
    assertThat(
            run("--project", "demo", "domain", "delete", "web", "--force", "--reason", "it burned")
                .out())
        .contains("accepted as operation o-2");
  }

  @Test
  void aHostIsShownWithTheAgeOfWhatIsKnown() {
    gateway.on(
        "GET /v1/hosts/alpha",
        200,
        """
        {"id":"h-1","name":"alpha","state":"DOWN","admission":"ENABLED","reason":"",
         "takingCommands":true,"reportedAt":"2026-11-23T12:00:00Z","ageSeconds":120,
         "clockSkewSeconds":3600,"vcpus":4,"usedVcpus":2,"memoryMib":2048,"usedMemoryMib":1024,
         "disk":{"totalBytes":107374182400,"freeBytes":85899345920,"claimedBytes":42949672960},
         "claims":2,"domains":2,"accelerators":[],
         "isolation":{"usable":false,"reason":"nft is missing"},"emulatorVersion":"7.2.22","agentUrl":"http://a"}""");
    assertThat(run("host", "show", "alpha").out())
        .contains("state            down", "2 min ago", "clock ahead by   3600 s", "2/4")
        .contains("isolates guests  no: nft is missing")
        .contains("disk             40 GiB of 100 GiB claimed by volumes, 80 GiB free");
  }
}

package io.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people and programs get on standard output, to the letter. */
class TablesIT {
  private static final String DOMAINS = "GET /v1/projects/demo/domains?pageSize=200";
  private static final String WEB =
      """
      {"id":"d-1","name":"web","desired":"RUNNING","phase":"RUNNING",
       "observed":{"state":"running","reason":"booted","at":"2026-11-23T11:59:57Z","ageSeconds":3.2},
       "resources":{"vcpus":2,"memoryMib":2048},"volumes":[{"id":"v-1","name":"root"}],
       "host":{"id":"h-1","name":"alpha"},"accelerator":"tcg","generation":1,"version":4,
       "createdAt":"2026-11-23T11:00:00Z"}""";
  private static final String DB =
      """
      {"id":"d-2","name":"database","desired":"RUNNING","phase":"FAILED",
       "resources":{"vcpus":16,"memoryMib":512},"generation":1,"version":2,
       "lastProblem":{"code":"NO_VALID_HOST","number":3001,"status":409,"title":"No valid host",
         "detail":"No host has 16 free vCPUs."},
       "createdAt":"2026-11-20T12:00:00Z"}""";

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
  void domainsAreListedInAlignedColumns() {
    gateway.on(DOMAINS, 200, "{\"items\":[" + WEB + "," + DB + "]}");

    Invocation.Result result = run("domain", "list");

    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            NAME      PHASE    OBSERVED                   HOST   VCPUS   MEMORY  ACCEL     AGE
            web       RUNNING  running (booted), 3 s ago  alpha      2    2 GiB  tcg    60 min
            database  FAILED   -                          -         16  512 MiB  -         3 d
            """);
  }

  @Test
  void allPagesAreReadAndProgramsGetOneArray() {
    gateway
        .on(DOMAINS, 200, "{\"items\":[" + WEB + "],\"nextPageToken\":\"a/b\"}")
        .on(DOMAINS + "&pageToken=a%2Fb", 200, "{\"items\":[" + DB + "]}");

    Invocation.Result result = run("domain", "list", "-o", "json");

    assertThat(result.status()).isZero();
    assertThat(result.out())
        .startsWith("[ {")
        .contains("\"name\" : \"web\"", "\"name\" : \"database\"");
  }

  @Test
  void aDomainIsShownFieldByFieldWithItsLastProblem() {
    gateway.on("GET /v1/projects/demo/domains/database", 200, DB);
    gateway.on(
        "GET /v1/projects/demo/domains/database?format=xml",
        200,
        """
        <domain type='kvm'><name>database</name><memory unit='MiB'>512</memory>
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
          <devices>
            <interface type='user'><mac address='52:54:00:12:34:56'/></interface>
            <interface type='network'><source network='back'/><model type='virtio'/></interface>
            <serial type='pty'/>
          </devices>
        </domain>""");

    assertThat(run("domain", "show", "database").out())
        .isEqualTo(
            """
            name         database
            id           d-2
            project      demo
            phase        FAILED
            desired      RUNNING
            vcpus        16
            memory       512 MiB
            console      drover domain console database --project demo
            network      52:54:00:12:34:56, outbound only: no address that others reach; virtio in network back
            generation   1
            created      2026-11-20T12:00:00Z
            problem      No host has 16 free vCPUs.
            next         drover domain start database --project demo, once the problem is solved
            """);
  }

  @Test
  void aDomainWithoutConsoleOrCardSaysSo() {
    gateway.on("GET /v1/projects/demo/domains/database", 200, DB);
    gateway.on(
        "GET /v1/projects/demo/domains/database?format=xml",
        200,
        "<domain type='kvm'><name>database</name><memory>1</memory>"
            + "<os><type arch='x86_64' machine='pc'>hvm</type></os></domain>");
    assertThat(run("domain", "show", "database").out())
        .contains("console      none: the definition has no <serial> or <console>")
        .contains("network      none: the definition has no <interface>");
  }

  @Test
  void hostsAreShownWithWhatCannotBeUsed() {
    gateway.on(
        "GET /v1/hosts",
        200,
        """
        {"items":[{"id":"h-1","name":"alpha","state":"UP","admission":"ENABLED","takingCommands":true,
          "ageSeconds":1.4,"vcpus":2,"usedVcpus":1,"memoryMib":24064,"claims":3,"domains":3,
          "disk":{"totalBytes":107374182400,"freeBytes":85899345920,"claimedBytes":1610612736},
          "emulatorVersion":"7.2.22","accelerators":[{"name":"tcg","usable":true},
            {"name":"kvm","usable":false,"reason":"slower than tcg"}]},
          {"id":"h-2","name":"beta","state":"DOWN","admission":"DISABLED","takingCommands":true,
          "ageSeconds":90000,"vcpus":2,"usedVcpus":0,"memoryMib":24064,"claims":0,"domains":0,
          "emulatorVersion":"7.2.22","accelerators":[]}]}""");

    assertThat(run("host", "list").out())
        .isEqualTo(
            """
            NAME   STATE           SEEN  VCPUS    MEMORY             DISK  DISK FREE  CLAIMS  DOMAINS  ACCELERATORS         QEMU    ID
            alpha  up               1 s    1/2  23.5 GiB  1.5 GiB/100 GiB     80 GiB       3        3  tcg, kvm (unusable)  7.2.22  h-1
            beta   down, disabled  25 h    0/2  23.5 GiB                -          -       0        0  -                    7.2.22  h-2
            """);
  }

  @Test
  void aTenantsNameCannotMoveTheCursor() {
    gateway.on(
        "GET /v1/images?pageSize=200",
        200,
        "{\"items\":[{\"name\":\"a\\u001b[2Jb\",\"format\":\"raw\",\"state\":\"EMPTY\",\"id\":\"i\"}]}");

    assertThat(run("image", "list").out()).contains("a [2Jb").doesNotContain("\u001b");
  }

  @Test
  void anEmptyListIsASentence() {
    gateway.on(DOMAINS, 200, "{\"items\":[]}");

    assertThat(run("domain", "list").out()).isEqualTo("The project has no domains.\n");
  }

  @Test
  void theOnlyProjectNeedsNoName() {
    gateway
        .on("GET /v1/projects?pageSize=20", 200, "{\"items\":[{\"name\":\"demo\",\"id\":\"p\"}]}")
        .on(DOMAINS, 200, "{\"items\":[]}");

    Invocation.Result result =
        Invocation.at(gateway, folder).without("DROVER_PROJECT").run("domain", "list");

    assertThat(result.status()).isZero();
  }

  @Test
  void ofSeveralProjectsOneMustBeNamed() {
    gateway.on(
        "GET /v1/projects?pageSize=20",
        200,
        "{\"items\":[{\"name\":\"demo\",\"id\":\"p\"},{\"name\":\"other\",\"id\":\"q\"}]}");

    Invocation.Result result =
        Invocation.at(gateway, folder).without("DROVER_PROJECT").run("domain", "list");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("--project").contains("demo, other");
  }
}

package io.drover.agent.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.OperationFailed;
import io.drover.contracts.event.StopReason;
import io.drover.contracts.event.VolumeFailed;
import io.drover.contracts.id.HostId;
import io.drover.contracts.json.ContractJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPathsTest {
  private static final String VOLUME = "0b6d5a0a-91d5-4d0c-8a7c-3a5f4f5d7a11";
  private static final String FILE = "/var/lib/drover/5f/volumes/" + VOLUME + "/content";

  @Test
  void theFileOfAVolumeBecomesTheVolume() {
    assertThat(HostPaths.hiddenIn("Could not open '" + FILE + "': Permission denied"))
        .isEqualTo("Could not open volume " + VOLUME + ": Permission denied");
    assertThat(HostPaths.hiddenIn("file=" + FILE + ",format=raw"))
        .isEqualTo("file=volume " + VOLUME + ",format=raw");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Cannot enter '/srv/my images/a', ask root|Cannot enter '.../a', ask root",
        "The socket /run/drover/d/qmp of x|The socket .../qmp of x",
        "could not load PC BIOS \"/opt/q/bios.bin\"|could not load PC BIOS '.../bios.bin'",
        "(/etc/drover/), see there|(.../drover), see there",
        "dir=/srv/x,mode=0600|dir=.../x,mode=0600",
        "-blockdev {\"driver\":\"file\",\"filename\":\"/a/b\"}: no|-blockdev (an option of QEMU): no"
      })
  void ofAPathTheLastNameStaysAndOfAnOptionNothing(String full, String shown) {
    assertThat(HostPaths.hiddenIn(full)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The element /domain/os/kernel is for operators",
        "'/domain/devices/disk[2]/target/@dev' is taken",
        "GET /v1/keys/7 was refused by https://secrets.example:8443/v1/keys",
        "an I/O error on vda and/or vdb, 3/4 of 10 MiB/s",
        "Domain web did not start: QEMU ended: no memory"
      })
  void whatIsTheTenantsStays(String text) {
    assertThat(HostPaths.hiddenIn(text)).isEqualTo(text);
  }

  @Test
  void everyEventThatCarriesTextOfAHostIsWithoutItsPaths() {
    String text = "Could not open '" + FILE + "' under /srv/secret-place/x";
    Problem problem =
        Problem.of(
                ErrorCode.QEMU_START_FAILED,
                text,
                List.of(new Problem.Fault(ErrorCode.STORAGE_FAILED, "/domain/os", 1, 2, text)))
            .withTraceId("7");
    for (Object hidden :
        List.of(
            HostPaths.hiddenIn(new DomainFailed(problem, "spawn-qemu", false)),
            HostPaths.hiddenIn(new VolumeFailed(problem, "write-volume")),
            HostPaths.hiddenIn(new OperationFailed("attach-disk", problem, true)),
            HostPaths.hiddenIn(
                new DomainStopped(
                    new HostId(UUID.randomUUID()), StopReason.CRASHED, "exit 1: " + text)))) {
      assertThat(new String(ContractJson.write(hidden), StandardCharsets.UTF_8))
          .contains("volume " + VOLUME, ".../x")
          .doesNotContain("secret-place", "/var/lib");
    }
    assertThat(((DomainFailed) HostPaths.hiddenIn(new DomainFailed(problem, "s", true))).problem())
        .extracting(Problem::traceId, Problem::code)
        .containsExactly("7", ErrorCode.QEMU_START_FAILED);
  }
}

package io.drover.driver.internal.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReservationDaemonTest {
  private static final Path FOLDER = Path.of("/run/d");
  private static final String MANAGED = "<reservations managed='yes'/>";

  @Test
  void isOneForAllDisksOfADomain() {
    assertThat(of(disk("a", MANAGED) + disk("b", MANAGED), true))
        .containsExactly(
            new Sidecar(
                "pr-helper0",
                List.of("qemu-pr-helper", "--socket=/run/d/pr-helper0.sock"),
                "--socket=/run/d/pr-helper0.sock",
                Path.of("/run/d/pr-helper0.sock"),
                Path.of("/log/d-pr-helper0.log")));
  }

  @Test
  void isNotForDisksThatNeedNoneOfOurs() {
    String foreign =
        "<reservations managed='no'><source type='unix' path='/pr' mode='client'/></reservations>";

    assertThat(of(disk("a", "") + disk("b", foreign), false)).isEmpty();
  }

  @Test
  void saysWhatAHostLacks() {
    assertThatThrownBy(() -> of(disk("a", MANAGED), false))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.HOST_RESOURCE_MISSING))
        .hasMessageContaining("needs root");
    assertThatThrownBy(
            () ->
                new ReservationDaemon(program -> false, true)
                    .of(definition(disk("a", MANAGED)), FOLDER, "/log/d-"))
        .hasMessageContaining("the package qemu-system-common");
  }

  private static String disk(String name, String reservations) {
    return "<disk type='block' device='lun'><source dev='/dev/"
        + name
        + "'>"
        + reservations
        + "</source><target dev='sd"
        + name
        + "' bus='scsi'/></disk>";
  }

  private static List<Sidecar> of(String devices, boolean privileged) {
    return new ReservationDaemon("qemu-pr-helper"::equals, privileged)
        .of(definition(devices), FOLDER, "/log/d-");
  }

  private static DomainDefinition definition(String devices) {
    return DomainXml.read(
        "<domain type='qemu'><name>a</name><memory unit='MiB'>64</memory>"
            + "<os><type arch='x86_64' machine='q35'>hvm</type></os><devices>"
            + devices
            + "</devices></domain>");
  }
}

package io.drover.definition.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem.Fault;
import io.drover.contracts.error.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValidationTest {
  private static final String DOMAIN =
      """
      <domain type='qemu'>
        <name>web</name>
        <memory unit='MiB'>128</memory>
        <os><type arch='x86_64' machine='q35'>hvm</type></os>
        <clock offset='utc'>
          <timer name='rtc' tickpolicy='catchup'/>
          <timer name='hpet' mode='native'/>
        </clock>
        <devices>
      %s
        </devices>
      </domain>
      """;

  private static List<String> faults(String devices) {
    return Validation.of(DOMAIN.formatted(devices).getBytes(StandardCharsets.UTF_8), false).stream()
        .map(fault -> fault.line() + ":" + fault.column() + " " + fault.path())
        .toList();
  }

  @Test
  void faultsOfEveryStepComeAtOnceInTheOrderOfTheDocument() {
    assertThat(
            faults(
                """
                    <teapot/>
                    <disk type='file'><source file='/a'/><target dev='hda' bus='ide'/></disk>
                    <disk type='file'><source file='/a'/><target dev='vda' bus='virtio'/></disk>
                    <video><model type='cirrus' heads='2'/><address type='pci' slot='0x03'/></video>
                    <rng model='virtio'><backend model='builtin'/><address type='pci' slot='0x03'/>
                    </rng>\
                """))
        .containsExactly(
            "7:6 /domain/clock/timer[2]",
            "10:6 /domain/devices/teapot",
            "11:6 /domain/devices/disk[1]",
            "13:6 /domain/devices/video",
            "14:6 /domain/devices/rng");
  }

  @Test
  void anElementThatCannotBeReadIsNotBlamedAgainForWhatItLacks() {
    assertThat(
            faults(
                "<disk type='file'><source file='/a' colour='red'/><target dev='hda' bus='ide'/>"
                    + "</disk>"))
        .containsExactly("7:6 /domain/clock/timer[2]", "10:19 /domain/devices/disk/source/@colour");
  }

  @Test
  void aDefinitionReadBeforeHasPathsOnly() {
    List<Fault> found =
        Validation.of(
            DomainXml.read(
                DOMAIN
                    .formatted("<iommu model='virtio'/>")
                    .replace("mode=", "track=")
                    .replace("native", "wall")),
            false);
    assertThat(found)
        .extracting(Fault::path)
        .containsExactly("/domain/clock/timer[2]", "/domain/devices/iommu");
    assertThat(found).extracting(Fault::line).containsOnly(0);
  }

  @Test
  void whatOnlyAHostKnowsIsNoFaultAndWhatTenantsMayNotIsOne() {
    byte[] volume =
        DOMAIN
            .formatted(
                "<disk type='volume'><source pool='drover' volume='v'/><target dev='vda'/></disk>")
            .replace(" mode='native'", "")
            .replace("<os>", "<os firmware='efi'>")
            .replace("<clock", "<features><acpi/></features><clock")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(Validation.of(volume, true)).isEmpty();
    byte[] file =
        new String(volume, StandardCharsets.UTF_8)
            .replace(
                "type='volume'><source pool='drover' volume='v'/>",
                "type='file'>" + "<source file='/etc/shadow'/>")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(Validation.of(file, false)).isEmpty();
    assertThat(Validation.of(file, true))
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.path()).startsWith("/domain/devices/disk");
              assertThat(fault.line()).isEqualTo(10);
            });
  }

  @Test
  void whatIsNoDefinitionIsRefusedAsAWhole() {
    assertThatThrownBy(() -> Validation.of("<pool/>".getBytes(StandardCharsets.UTF_8), false))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DEFINITION));
  }
}

package io.drover.driver.internal.capabilities;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.json.ContractJson;
import io.drover.driver.AcceleratorFacts;
import io.drover.driver.CapabilitiesXml;
import io.drover.driver.DomainCapabilities;
import io.drover.driver.DomainCapabilities.FirmwareOffer;
import io.drover.driver.DomainCapabilitiesXml;
import io.drover.driver.Emulator;
import io.drover.driver.HostDescription;
import io.drover.driver.internal.probe.RecordedEmulators;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the record of Debian's QEMU 7.2.22. */
class DomainOfferTest {
  private static final Emulator QEMU = RecordedEmulators.debian();

  private static HostDescription host(boolean vfio, boolean swtpm) {
    return new HostDescription(
        Optional.empty(),
        "x86_64",
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        vfio,
        vfio,
        swtpm);
  }

  private static DomainCapabilities offer(String machine, String type, HostDescription host) {
    return DomainOffer.of(
        QEMU,
        QEMU.machine(machine).orElseThrow(),
        type,
        QEMU.cpus(type).orElseThrow(),
        new FirmwareOffer(List.of("efi"), List.of("/usr/share/OVMF/OVMF_CODE_4M.fd"), false),
        host);
  }

  @ParameterizedTest
  @CsvSource({"pc, qemu, pc-tcg.xml", "q35, kvm, q35-kvm.xml"})
  void theDocumentIsTheGoldenOne(String machine, String type, String golden) throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/capabilities/" + golden)) {
      assertThat(in).as(golden).isNotNull();
      assertThat(DomainCapabilitiesXml.write(offer(machine, type, host(false, false))))
          .isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void devicesOfTheHostAreOfferedWhereItIsolatesThem() {
    assertThat(offer("q35", "qemu", host(true, false)).devices().get("hostdev").values())
        .containsEntry("pciBackend", List.of("default", "vfio"));
    assertThat(offer("q35", "qemu", host(false, false)).devices().get("hostdev").values())
        .containsEntry("pciBackend", List.of());
  }

  @Test
  void softwareTpmsAreOfferedWhereSwtpmIs() {
    assertThat(offer("q35", "qemu", host(false, true)).devices().get("tpm").values())
        .containsEntry("backendModel", List.of("passthrough", "emulator", "external"))
        .containsEntry("backendVersion", List.of("2.0"));
    assertThat(offer("q35", "qemu", host(false, false)).devices().get("tpm").values())
        .containsEntry("backendModel", List.of("passthrough"))
        .doesNotContainKey("backendVersion");
  }

  @Test
  void theJsonIsReadBackAsItWas() throws IOException {
    DomainCapabilities offer = offer("pc", "qemu", host(true, true));
    assertThat(ContractJson.mapper().readValue(ContractJson.write(offer), DomainCapabilities.class))
        .isEqualTo(offer);
  }

  @Test
  void kvmGuestsAreInTheHostsDocumentWhereAGuestHasRunOnKvm() {
    AcceleratorFacts slow = new AcceleratorFacts("kvm", false, "It is slower than TCG.", 1);
    AcceleratorFacts fast = new AcceleratorFacts("kvm", true, "", 1);
    HostDescription host = host(false, false);
    assertThat(CapabilitiesXml.write(host, List.of(QEMU), List.of(slow)))
        .contains("<machine canonical='pc-q35-7.2' maxCpus='288'>q35</machine>")
        .contains("<machine maxCpus='255' deprecated='yes'>pc-i440fx-1.4</machine>")
        .contains("<domain type='qemu'/>")
        .doesNotContain("<domain type='kvm'/>");
    assertThat(CapabilitiesXml.write(host, List.of(QEMU), List.of(fast)))
        .contains("<domain type='kvm'/>");
  }
}

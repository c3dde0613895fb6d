package io.drover.driver.internal.capabilities;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.definition.corpus.LibvirtCorpus;
import io.drover.driver.DomainCapabilities;
import io.drover.driver.DomainCapabilities.FirmwareOffer;
import io.drover.driver.DomainCapabilitiesXml;
import io.drover.driver.Emulator;
import io.drover.driver.HostDescription;
import io.drover.driver.internal.probe.RecordedEmulators;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** libvirt's domain capabilities, made from libvirt's record of QEMU 7.2.0. */
class LibvirtDomainCapabilitiesTest {
  /** The host that libvirt's tests pretend to be on. */
  private static final HostDescription HOST =
      new HostDescription(
          Optional.empty(),
          "x86_64",
          Optional.empty(),
          List.of(),
          List.of(),
          List.of(),
          true,
          true,
          true);

  private static final List<String> LOADERS =
      List.of(
          "/usr/share/AAVMF/AAVMF_CODE.fd",
          "/usr/share/AAVMF/AAVMF32_CODE.fd",
          "/usr/share/OVMF/OVMF_CODE.fd");

  @ParameterizedTest
  @CsvSource({
    "pc, kvm, qemu_7.2.0.x86_64.xml",
    "q35, kvm, qemu_7.2.0-q35.x86_64.xml",
    "pc, qemu, qemu_7.2.0-tcg.x86_64.xml"
  })
  void theDocumentIsLibvirts(String machine, String type, String file) throws Exception {
    Emulator emulator = RecordedEmulators.libvirts("7.2.0");
    DomainCapabilities capabilities =
        DomainOffer.of(
            emulator,
            emulator.machine(machine).orElseThrow(),
            type,
            emulator.cpus(type).orElseThrow(),
            new FirmwareOffer(List.of("bios", "efi"), LOADERS, machine.equals("q35")),
            HOST);

    assertThat(DomainCapabilitiesXml.write(capabilities))
        .isEqualTo(Files.readString(LibvirtCorpus.file("domaincaps/" + file)));
  }
}

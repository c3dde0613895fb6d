package io.drover.contracts.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.contracts.definition.storage.Encryption;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomainXmlTest {
  @ParameterizedTest
  @ValueSource(strings = {Samples.TENANT, Samples.OPERATOR, HostDeviceSamples.ALL})
  void readsBackWhatItWrites(String xml) {
    DomainDefinition definition = DomainXml.read(xml);
    String written = DomainXml.write(definition);

    assertThat(DomainXml.read(written)).isEqualTo(definition);
    assertThat(DomainXml.write(DomainXml.read(written))).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {Samples.TENANT, Samples.OPERATOR, HostDeviceSamples.ALL})
  void hasAnEqualJsonForm(String xml) {
    DomainDefinition definition = DomainXml.read(xml);

    assertThat(DomainJson.read(DomainJson.write(definition))).isEqualTo(definition);
  }

  @Test
  void answersWhatServicesNeed() {
    DomainDefinition definition = DomainXml.read(Samples.TENANT);

    assertThat(definition.name()).isEqualTo("web");
    assertThat(definition.uuid())
        .isEqualTo(UUID.fromString("1b4f0a4e-7a55-4c3a-8e0b-3f9d6c2a1e77"));
    assertThat(definition.vcpuCount()).isEqualTo(2);
    assertThat(definition.memoryMib()).isEqualTo(256);
    assertThat(definition.volumes("drover")).containsExactly("root");
    assertThat(definition.identity().metadata())
        .isEqualTo("<x:app xmlns:x=\"urn:x\" tier=\"1\"><x:note>a &lt; b</x:note></x:app>");
  }

  @Test
  void putsFilesInThePlaceOfVolumes() {
    UUID key = UUID.fromString("0a81f5b2-8403-7b23-c8d6-21ccc2f80d6f");
    DomainDefinition resolved =
        DomainXml.read(Samples.TENANT)
            .withVolumes(
                "drover",
                disk ->
                    disk.withImage(
                        DiskImage.of(new DiskSource.File("/pool/root", null), "qcow2")
                            .withEncryption(Encryption.luks(key))));

    assertThat(resolved.volumes("drover")).isEmpty();
    assertThat(DomainXml.write(resolved))
        .contains("<source file='/pool/root'>")
        .contains("uuid='0a81f5b2-8403-7b23-c8d6-21ccc2f80d6f'");
  }

  @Test
  void refusesUnknownElementsAndAttributesByPathWithLineAndColumn() {
    List<Problem.Fault> faults =
        faults(
            """
            <domain type='qemu' colour='red'>
              <name>a</name>
              <memory>1024</memory>
              <os><type>hvm</type></os>
              <devices>
                <disk><target dev='vda'/></disk>
                <disk><target dev='vdb' speed='9'/><foo/></disk>
              </devices>
              stray
            </domain>
            """);

    assertThat(faults)
        .extracting(Problem.Fault::path)
        .containsExactly(
            "/domain/@colour",
            "/domain",
            "/domain/devices/disk[2]/target/@speed",
            "/domain/devices/disk[2]/foo");
    assertThat(faults).extracting(Problem.Fault::line).containsExactly(1, 1, 7, 7);
    assertThat(faults).extracting(Problem.Fault::column).containsExactly(1, 1, 11, 40);
    assertThat(faults).extracting(Problem.Fault::code).containsOnly(ErrorCode.UNSUPPORTED_ELEMENT);
  }

  @Test
  void reportsEveryFaultAtOnce() {
    List<Problem.Fault> faults =
        faults(
            """
            <domain type='xen'>
              <memory unit='parsec'>1</memory>
              <vcpu>0</vcpu>
              <os><type machine='toaster'>hvm</type></os>
              <devices>
                <disk device='tape'><target dev='../x'/></disk>
                <interface type='user'><mac address='nonsense'/></interface>
              </devices>
            </domain>
            """);

    assertThat(faults)
        .extracting(Problem.Fault::path)
        .contains(
            "/domain/@type",
            "/domain",
            "/domain/memory/@unit",
            "/domain/vcpu",
            "/domain/os/type/@machine",
            "/domain/devices/disk/@device",
            "/domain/devices/disk/target/@dev",
            "/domain/devices/interface/mac/@address");
  }

  @Test
  void refusesTwoMillionVcpusAtTheVcpuElement() {
    List<Problem.Fault> faults = faults(Samples.TENANT.replace("<vcpu>2<", "<vcpu>2000000<"));

    assertThat(faults.get(0).path()).isEqualTo("/domain/vcpu");
    assertThat(faults.get(0).code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    assertThat(faults.get(0).detail()).contains("2000000").contains("710");
  }

  @Test
  void aMemoryThatIsNoSizeIsOneFault() {
    List<Problem.Fault> faults =
        faults(
            """
            <domain type='qemu'>
              <name>a</name>
              <memory unit='MiB'>much</memory>
              <os><type>hvm</type></os>
            </domain>
            """);
    assertThat(faults).extracting(Problem.Fault::path).containsExactly("/domain/memory");
  }

  @Test
  void keepsVariablesThatComeByADescriptor() {
    DomainDefinition definition =
        DomainXml.read(
            """
            <domain type='qemu'>
              <name>a</name>
              <metadata/>
              <memory unit='MiB'>64</memory>
              <os>
                <type machine='q35'>hvm</type>
                <loader readonly='yes' type='pflash'>/code</loader>
                <nvram type='file'><source file='/variables' fdgroup='passed'/></nvram>
              </os>
            </domain>
            """);

    String written = DomainXml.write(definition);

    assertThat(written).contains("passed");
    assertThat(DomainXml.read(written)).isEqualTo(definition);
  }

  private static List<Problem.Fault> faults(String xml) {
    return catchThrowableOfType(ProblemException.class, () -> DomainXml.read(xml))
        .problem()
        .errors();
  }
}

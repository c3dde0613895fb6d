package io.drover.definition.complete;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.complete.emulator.EmulatorFacts;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostParseTest {
  private static final List<String> DEVICES =
      List.of(
          "<disk type='file'><source file='/d'/><target dev='vd%s' bus='virtio'/></disk>",
          "<disk type='file'><source file='/d'/><target dev='sd%s' bus='scsi'/></disk>",
          "<disk type='file'><source file='/d'/><target dev='sd%s' bus='sata'/></disk>",
          "<interface type='user'><model type='virtio'/></interface>",
          "<interface type='user'><model type='e1000'/></interface>",
          "<interface type='user'><model type='e1000e'/></interface>",
          "<rng model='virtio'><backend model='random'/></rng>",
          "<input type='tablet' bus='virtio'/>",
          "<sound model='es1370'/>",
          "<video><model type='qxl'/></video>",
          "<controller type='scsi' model='virtio-scsi'/>",
          "<channel type='unix'><target type='virtio' name='c%s'/></channel>");

  @ParameterizedTest
  @ValueSource(strings = {"pc", "q35"})
  void givesEachPciDeviceItsOwnAddressAndStaysStable(String machine) {
    Random random = new Random(42);
    for (int round = 0; round < 60; round++) {
      String xml = xml(machine, random, 1 + random.nextInt(40));
      DomainDefinition completed = PostParse.complete(DomainXml.read(xml), EmulatorFacts.offline());

      List<Address.Pci> addresses =
          completed.devices().stream()
              .map(device -> device.info().pci())
              .filter(Objects::nonNull)
              .map(address -> address.withMultifunction(null))
              .toList();
      assertThat(addresses).doesNotHaveDuplicates();
      assertThat(completed.devices().stream().map(Device::info).map(info -> info.alias()).toList())
          .doesNotHaveDuplicates();

      DomainDefinition reread = DomainXml.read(DomainXml.write(completed));
      assertThat(reread).isEqualTo(completed);
      assertThat(PostParse.complete(reread, EmulatorFacts.offline())).isEqualTo(completed);
    }
  }

  private static String xml(String machine, Random random, int count) {
    StringBuilder devices = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String name = "" + (char) ('a' + i / 26) + (char) ('a' + i % 26);
      devices.append(DEVICES.get(random.nextInt(DEVICES.size())).formatted(name));
    }
    return domain(machine, devices.toString());
  }

  private static String domain(String machine, String devices) {
    return "<domain type='qemu'><name>n</name><memory>65536</memory><os><type machine='"
        + machine
        + "'>hvm</type></os><devices>"
        + devices
        + "</devices></domain>";
  }

  @Test
  void keepsOneSpareRootPortOnNewQ35Machines() {
    DomainDefinition completed =
        PostParse.complete(DomainXml.read(domain("q35", "")), EmulatorFacts.offline());

    long ports =
        completed.devices(Controller.class).stream()
            .filter(controller -> "pcie-root-port".equals(controller.model()))
            .count();
    assertThat(ports).isEqualTo(3); // USB, balloon, one to spare
    assertThat(completed.os().machine()).isEqualTo("pc-q35-7.2");
  }

  @Test
  void givesGuestsOf32BitsAnEmulatorOfTheirOwn() {
    String xml = domain("pc", "").replace("<type ", "<type arch='i686' ");

    DomainDefinition completed = PostParse.complete(DomainXml.read(xml), EmulatorFacts.offline());

    assertThat(completed.emulator()).isEqualTo("/usr/bin/qemu-system-i386");
  }

  @Test
  void takesAnyVersionOfAMachineWhoseHostIsStillToBeFound() {
    DomainDefinition newer = DomainXml.read(domain("pc-q35-9.0", ""));

    assertThat(PostParse.faults(newer, EmulatorFacts.anywhere())).isEmpty();
    assertThat(PostParse.faults(newer, EmulatorFacts.offline()))
        .singleElement()
        .satisfies(fault -> assertThat(fault.path()).isEqualTo("/domain/os/type/@machine"));
  }

  @Test
  void refusesACpuModelThatNobodyHas() {
    String xml =
        domain("q35", "").replace("<devices>", "<cpu><model>Haswel</model></cpu><devices>");

    assertThat(PostParse.faults(DomainXml.read(xml), EmulatorFacts.offline()))
        .singleElement()
        .satisfies(fault -> assertThat(fault.path()).isEqualTo("/domain/cpu/model"));
  }

  @Test
  void putsAnIdeDiskOnTheChipsetsController() {
    DomainDefinition completed =
        PostParse.complete(
            DomainXml.read(domain("pc", "<disk><source file='/d'/><target dev='hdc'/></disk>")),
            EmulatorFacts.offline());

    Disk disk = completed.devices(Disk.class).get(0);
    assertThat(disk.info().alias()).isEqualTo("ide0-1-0");
    assertThat(disk.info().address()).isEqualTo(new Address.Drive(0, 1, 0, 0));
  }

  @Test
  void refusesTwoDevicesAtOneAddress() {
    String at = "<address type='pci' bus='0' slot='5' function='0'/>";
    String nic = "<interface type='user'><model type='virtio'/>" + at + "</interface>";

    assertThatThrownBy(
            () ->
                PostParse.complete(
                    DomainXml.read(domain("pc", nic + nic)), EmulatorFacts.offline()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("double use of the PCI address 0000:00:05.0");
  }
}

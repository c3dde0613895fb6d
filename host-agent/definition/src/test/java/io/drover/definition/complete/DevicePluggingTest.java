package io.drover.definition.complete;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.complete.emulator.EmulatorFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DevicePluggingTest {
  private static final String NIC = "<interface type='user'><model type='virtio'/></interface>";
  private static final String RNG = "<rng model='virtio'><backend model='random'/></rng>";
  private static final String THERE =
      "<disk type='file'><source file='/0'/><target dev='vda' bus='virtio'/></disk>"
          + NIC
          + RNG
          + "<serial type='pty'/>"
          + "<controller type='virtio-serial'/><controller type='scsi' model='virtio-scsi'/>"
          + "<channel type='unix'><target type='virtio' name='c'/></channel>"
          + "<graphics type='vnc'/>";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<disk type='file'><source file='/1'/><target dev='vdb' bus='virtio'/></disk>",
        "<disk type='file'><source file='/1'/><target dev='sdb' bus='scsi'/></disk>",
        "<disk type='file'><source file='/1'/><target dev='sdb' bus='usb'/></disk>",
        "<disk type='file' device='cdrom'><target dev='sdc' bus='scsi'/></disk>",
        NIC,
        "<interface type='user'><mac address='52:54:00:00:00:01'/></interface>",
        RNG,
        "<input type='tablet' bus='usb'/>",
        "<channel type='unix'><target type='virtio' name='d'/></channel>",
        "<controller type='scsi' model='virtio-scsi'/>",
        "<hostdev mode='subsystem' type='usb'><source><address bus='1' device='2'/></source>"
            + "</hostdev>",
        "<watchdog model='i6300esb'/>",
        "<vsock model='virtio'><cid auto='no' address='5'/></vsock>"
      })
  void onlyTheNewDeviceIsCompleted(String device) {
    DomainDefinition running = completed("pc", THERE);

    PluggedDevice plugged = plug(running, device);

    List<Device> devices = plugged.definition().devices();
    assertThat(devices.subList(0, running.devices().size())).isEqualTo(running.devices());
    assertThat(devices).hasSize(running.devices().size() + 1).last().isEqualTo(plugged.device());
    assertThat(plugged.brought()).isEmpty();
    assertThat(plugged.definition().withDevices(running.devices())).isEqualTo(running);
    assertThat(aliases(devices)).doesNotHaveDuplicates().contains(plugged.device().info().alias());
    assertThat(PostParse.completeOne(running, plugged.device(), EmulatorFacts.offline()))
        .isEqualTo(plugged);
    assertThat(PostParse.complete(plugged.definition(), EmulatorFacts.offline()))
        .isEqualTo(plugged.definition());
  }

  @Test
  void aDeviceTakesTheSparePortOfAPciExpressMachineAndTheNextOneIsToldHowToGetMore() {
    DomainDefinition running = completed("q35", RNG);

    DomainDefinition full = plug(running, NIC).definition();

    assertThat(full.devices(NetworkInterface.class).get(0).info().pci()).isNotNull();
    assertThatThrownBy(() -> plug(full, RNG))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DEFINITION))
        .hasMessageContaining("No PCI slot is free")
        .hasMessageContaining("<controller type='pci' model='pcie-root-port'/>")
        .hasMessageContaining("start the domain again");
  }

  @Test
  void everySlotOfAPciBusIsUsedBeforeItIsFull() {
    DomainDefinition running = completed("pc", "");
    int slots = 0;
    try {
      while (slots < 40) {
        running = plug(running, RNG).definition();
        slots++;
      }
    } catch (ProblemException e) {
      assertThat(e).hasMessageContaining("model='pci-bridge'");
    }
    assertThat(slots).isEqualTo(31 - pciDevices(completed("pc", "")));
    assertThat(places(running.devices())).doesNotHaveDuplicates();
  }

  private static long pciDevices(DomainDefinition definition) {
    return definition.devices().stream()
        .map(device -> device.info().pci())
        .filter(Objects::nonNull)
        .mapToInt(Address.Pci::slot)
        .distinct()
        .count();
  }

  @Test
  void aDiskBringsTheScsiControllerThatIsMissing() {
    PluggedDevice plugged =
        plug(
            completed("pc", ""),
            "<disk type='file'><source file='/1'/><target dev='sda' bus='scsi'/></disk>");

    assertThat(plugged.brought())
        .singleElement()
        .isInstanceOfSatisfying(
            Controller.class,
            controller -> {
              assertThat(controller.info().alias()).isEqualTo("scsi0");
              assertThat(controller.info().pci()).isNotNull();
            });
    assertThat(plugged.device().info().alias()).isEqualTo("scsi0-0-0");
  }

  @Test
  void aFullUsbBusIsAFault() {
    String mouse = "<input type='mouse' bus='usb'/>";
    DomainDefinition running = completed("pc", "<input type='tablet' bus='usb'/>");

    DomainDefinition full = plug(running, mouse).definition();

    assertThatThrownBy(() -> plug(full, mouse))
        .hasMessageContaining("No USB port is free; add a <controller type='usb'>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<disk><source file='/1'/><target dev='vda' bus='virtio'/></disk>|used twice",
        "<disk><source file='/1'/><target dev='sda' bus='sata'/></disk>|type='sata' index='0'",
        "<disk><source file='/1'/><target dev='vdb' bus='virtio'/><address type='pci' bus='0'"
            + " slot='1' function='0'/></disk>|double use",
        "<disk><source file='/1'/><target dev='vdb' bus='virtio'/><address type='pci' bus='7'"
            + " slot='1' function='0'/></disk>|no PCI bus 7",
        "<disk><source file='/1'/><target dev='vdb' bus='virtio'/><driver iothread='3'/></disk>"
            + "|iothread 3 does not exist",
        "<memory model='dimm'><target><size unit='MiB'>64</size></target></memory>|maxMemory"
      })
  void aDeviceThatDoesNotFitIsRefused(String device, String why) {
    assertThatThrownBy(() -> plug(completed("pc", THERE), device)).hasMessageContaining(why);
  }

  @Test
  void aDeviceThatCameLaterThanAnotherLeftHasANameAndAnAddressOfItsOwn() {
    DomainDefinition two = completed("pc", NIC + NIC);
    List<Device> left = new ArrayList<>(two.devices());
    left.remove(two.devices(NetworkInterface.class).get(0));
    NetworkInterface kept = two.devices(NetworkInterface.class).get(1);

    PluggedDevice plugged = plug(two.withDevices(left), NIC);

    assertThat(kept.info().alias()).isEqualTo("net1");
    assertThat(plugged.device().info().alias()).isEqualTo("net0");
    assertThat(((NetworkInterface) plugged.device()).mac()).isNotEqualTo(kept.mac());
    assertThat(plugged.definition().devices(NetworkInterface.class)).contains(kept);
  }

  @Test
  void theRootBusTakesNothingFromAMachineThatRuns() {
    DomainDefinition express = completed("q35", "");
    DomainDefinition old =
        PostParse.complete(
            DomainXml.read(xml("pc", "").replace("<acpi/>", "")), EmulatorFacts.offline());

    String root = "<address type='pci' bus='0' slot='28' function='0'/>";
    assertThatThrownBy(() -> plug(express, RNG.replace("</rng>", root + "</rng>")))
        .hasMessageContaining("on a pcie-root-port");
    assertThatThrownBy(() -> plug(express, "<controller type='usb' model='ich9-ehci1'/>"))
        .hasMessageContaining("model='pcie-to-pci-bridge'");
    assertThatThrownBy(() -> plug(old, RNG)).hasMessageContaining("<features><acpi/></features>");
  }

  @Test
  void theUsersOwnAliasStays() {
    PluggedDevice plugged =
        plug(completed("pc", THERE), RNG.replace("</rng>", "<alias name='ua-dice'/></rng>"));

    assertThat(plugged.device().info().alias()).isEqualTo("ua-dice");
  }

  @Test
  void memoryThatIsPluggedInCounts() {
    DomainDefinition running =
        PostParse.complete(
            DomainXml.read(
                xml("pc", "")
                    .replace(
                        "<os>",
                        "<maxMemory slots='4' unit='MiB'>1024</maxMemory><cpu><numa>"
                            + "<cell id='0' cpus='0' memory='64' unit='MiB'/></numa></cpu><os>")),
            EmulatorFacts.offline());

    PluggedDevice plugged =
        plug(
            running,
            "<memory model='dimm'><target><size unit='MiB'>64</size><node>0</node></target>"
                + "</memory>");

    assertThat(plugged.definition().memory().kib()).isEqualTo(running.memory().kib() + (64 << 10));
    assertThat(plugged.device().info().address()).isEqualTo(new Address.Dimm(0, null));
  }

  private static List<String> aliases(List<Device> devices) {
    return devices.stream()
        .filter(
            device ->
                !(device instanceof CharacterDevice character)
                    || !character.element().equals("console"))
        .map(device -> device.info().alias())
        .filter(Objects::nonNull)
        .toList();
  }

  private static List<Address.Pci> places(List<Device> devices) {
    return devices.stream()
        .map(device -> device.info().pci())
        .filter(Objects::nonNull)
        .map(address -> address.withMultifunction(null))
        .toList();
  }

  private static PluggedDevice plug(DomainDefinition running, String device) {
    String xml = xml("pc", device).replace("65536", "1048576");
    Device given = DomainXml.read(xml).devices().get(0);
    return PostParse.completeOne(running, given, EmulatorFacts.offline());
  }

  private static DomainDefinition completed(String machine, String devices) {
    return PostParse.complete(DomainXml.read(xml(machine, devices)), EmulatorFacts.offline());
  }

  private static String xml(String machine, String devices) {
    return "<domain type='qemu'><name>n</name><memory>65536</memory><os><type machine='"
        + machine
        + "'>hvm</type></os><features><acpi/></features><devices>"
        + devices
        + "</devices></domain>";
  }
}

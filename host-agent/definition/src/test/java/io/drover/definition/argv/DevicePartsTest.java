package io.drover.definition.argv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.device.Audio;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.device.Graphics;
import io.drover.contracts.definition.device.HostDevice;
import io.drover.contracts.definition.device.Iommu;
import io.drover.contracts.definition.device.Lease;
import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.definition.device.Panic;
import io.drover.contracts.definition.device.RedirectionFilter;
import io.drover.contracts.definition.device.Sound;
import io.drover.contracts.definition.device.Tpm;
import io.drover.contracts.definition.device.Video;
import io.drover.contracts.definition.storage.Reservations;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.host.DisplaySecurity;
import io.drover.definition.argv.host.HostBindings;
import io.drover.definition.argv.host.HostLayout;
import io.drover.definition.argv.host.SecretMaterial;
import io.drover.definition.argv.option.Chardev;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.PlugCommand;
import io.drover.definition.argv.option.QemuOption;
import io.drover.definition.argv.storage.NodeNumbers;
import io.drover.definition.complete.PostParse;
import io.drover.definition.complete.emulator.EmulatorFacts;
import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DevicePartsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<Class<?>> FROM_THE_START =
      Set.of(
          Audio.class,
          Graphics.class,
          HostDevice.class,
          Iommu.class,
          Lease.class,
          Panic.class,
          RedirectionFilter.class,
          Sound.class,
          Tpm.class,
          Video.class);
  private static final String LUKS =
      "<disk type='file'><driver name='qemu' type='qcow2' cache='none'/><source file='/luks'>"
          + "<encryption format='luks'>"
          + "<secret type='passphrase' uuid='0a81f5b2-8403-7b23-c8d6-21ccc2f80d6f'/></encryption>"
          + "</source><target dev='vdb' bus='virtio'/></disk>";
  private static final String PLAIN =
      "<disk type='file'><source file='/plain'/><target dev='vda' bus='virtio'/></disk>";

  static List<String> accepted() throws IOException, URISyntaxException {
    return GoldenDefinitions.accepted();
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void everyDiskIsTheSameForQmpAndOnTheCommandLine(String name)
      throws IOException, URISyntaxException {
    DomainDefinition completed = GoldenDefinitions.completed(name);
    List<String> argv = argv(completed);
    for (Disk disk : completed.devices(Disk.class)) {
      if (!Boolean.TRUE.equals(disk.shareBacking())) {
        DevicePart part = disk(completed, disk, NodeNumbers.atStart(completed));

        assertThat(Collections.indexOfSubList(argv, words(part))).isNotNegative();
        assertThat(part.options()).allSatisfy(DevicePartsTest::saysTheSameToQmp);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void everyOtherDeviceIsTheSameForQmpAndOnTheCommandLine(String name)
      throws IOException, URISyntaxException {
    DomainDefinition completed = GoldenDefinitions.completed(name);
    List<String> argv = argv(completed);
    for (Device device : completed.devices()) {
      DevicePart part = unlessFromTheStart(completed, device);

      assertThat(Collections.indexOfSubList(argv, words(part))).isNotNegative();
      assertThat(part.options()).allSatisfy(DevicePartsTest::saysTheSameToQmp);
    }
  }

  private static DevicePart unlessFromTheStart(DomainDefinition completed, Device device) {
    if (device instanceof Disk) {
      return DevicePart.NONE; // it has numbers besides
    }
    try {
      return DeviceParts.of(
          completed,
          device,
          HostLayout.placeholders(completed.name()),
          SecretMaterial.placeholders());
    } catch (ProblemException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.INVALID_STATE);
      assertThat(FROM_THE_START).contains(device.getClass());
      return DevicePart.NONE;
    }
  }

  private static void saysTheSameToQmp(QemuOption option) throws JsonProcessingException {
    if (option instanceof JsonOption json) {
      PlugCommand add = json.add().orElseThrow();
      assertThat(tree(add.arguments())).isEqualTo(JSON.readTree(json.value()));
      assertThat(add.execute()).isIn("object-add", "blockdev-add", "netdev_add", "device_add");
    }
  }

  private static JsonNode tree(Map<String, ?> arguments) throws JsonProcessingException {
    return JSON.readTree(JSON.writeValueAsString(arguments));
  }

  /** The helper for reservations is left out: one disk of several brings it. */
  private static List<String> words(DevicePart part) {
    List<String> words = new ArrayList<>();
    for (QemuOption option : part.options()) {
      words.add(option.word());
      words.add(option.value());
    }
    return withoutHelper(words);
  }

  private static List<String> argv(DomainDefinition completed) {
    return withoutHelper(
        QemuArgv.build(
            completed, HostLayout.placeholders(completed.name()), SecretMaterial.placeholders()));
  }

  private static List<String> withoutHelper(List<String> words) {
    List<String> kept = new ArrayList<>();
    for (String word : words) {
      if (word.startsWith("{\"qom-type\":\"pr-manager-helper\",\"id\":\"" + Reservations.HELPER)) {
        kept.remove(kept.size() - 1);
      } else {
        kept.add(word);
      }
    }
    return kept;
  }

  private static DevicePart disk(DomainDefinition running, Disk disk, NodeNumbers numbers) {
    return DeviceParts.disk(
        running,
        disk,
        numbers,
        HostLayout.placeholders(running.name()),
        SecretMaterial.placeholders());
  }

  private static DomainDefinition domain(String devices) {
    return PostParse.complete(
        DomainXml.read(
            "<domain type='qemu'><name>n</name><memory>65536</memory>"
                + "<os><type machine='q35'>hvm</type></os><devices>"
                + devices
                + "</devices></domain>"),
        EmulatorFacts.offline());
  }

  @Test
  void aDiskThatIsPluggedInHasNodesThatNoOtherDiskEverHad() {
    DomainDefinition running = domain(PLAIN);
    Disk added = domain(PLAIN + LUKS).devices(Disk.class).get(1);
    NodeNumbers start = NodeNumbers.atStart(running);
    NodeNumbers again = start.with(added).without(added).with(added);

    assertThat(ids(disk(running, added, start.with(added)).blockdevs()))
        .containsExactly("libvirt-2-storage", "libvirt-2-format");
    assertThat(ids(disk(running, added, again).blockdevs()))
        .containsExactly("libvirt-3-storage", "libvirt-3-format");
    assertThat(ids(disk(running, running.devices(Disk.class).get(0), again).blockdevs()))
        .containsExactly("libvirt-1-storage", "libvirt-1-format");
  }

  private static List<String> ids(List<JsonOption> options) {
    return options.stream().map(JsonOption::id).toList();
  }

  @Test
  void isPluggedInFromItsSecretToItsDeviceAndPulledOutBackwards() {
    DomainDefinition running = domain(LUKS);
    DevicePart part =
        disk(running, running.devices(Disk.class).get(0), NodeNumbers.atStart(running));

    assertThat(part.plug())
        .extracting(PlugCommand::execute)
        .containsExactly("object-add", "blockdev-add", "blockdev-add", "device_add");
    assertThat(part.unplug())
        .containsExactly(
            new PlugCommand("device_del", Map.of("id", "virtio-disk1")),
            new PlugCommand("blockdev-del", Map.of("node-name", "libvirt-1-format")),
            new PlugCommand("blockdev-del", Map.of("node-name", "libvirt-1-storage")),
            new PlugCommand("object-del", Map.of("id", "libvirt-1-format-encryption-secret0")));
    assertThat(part.blockdevs().get(1).members())
        .containsEntry("read-only", false)
        .containsEntry("cache", Map.of("direct", true, "no-flush", false));
  }

  @Test
  void aChannelIsAChardevAndADevice() {
    DomainDefinition running =
        domain("<channel type='unix'><target type='virtio' name='org.q.0'/></channel>");
    Device channel = running.devices(CharacterDevice.class).get(0);
    DevicePart part =
        DeviceParts.of(
            running, channel, HostLayout.placeholders("n"), SecretMaterial.placeholders());

    assertThat(part.chardevs()).extracting(Chardev::id).containsExactly("charchannel0");
    assertThat(part.plug())
        .extracting(PlugCommand::execute)
        .containsExactly("chardev-add", "device_add");
    assertThat(part.unplug())
        .containsExactly(
            new PlugCommand("device_del", Map.of("id", "channel0")),
            new PlugCommand("chardev-remove", Map.of("id", "charchannel0")));
  }

  @Test
  void aCardIsABackendAndADevice() {
    DomainDefinition running =
        domain("<interface type='user'><mac address='52:54:00:00:00:01'/></interface>");
    DevicePart part =
        DeviceParts.of(
            running,
            running.devices(NetworkInterface.class).get(0),
            HostLayout.placeholders("n"),
            SecretMaterial.placeholders());

    assertThat(part.netdevs())
        .extracting(JsonOption::members)
        .containsExactly(Map.of("type", "user", "id", "hostnet0"));
    assertThat(part.unplug())
        .extracting(PlugCommand::execute)
        .containsExactly("device_del", "netdev_del");
  }

  @Test
  void theLastDiskWithReservationsTakesTheirHelperWithIt() {
    String lun =
        "<disk type='block' device='lun'><source dev='/%s'><reservations managed='yes'/></source>"
            + "<target dev='sd%s' bus='scsi'/></disk>";
    DomainDefinition two = domain(lun.formatted("a", "a") + lun.formatted("b", "b"));
    Disk first = two.devices(Disk.class).get(0);
    NodeNumbers numbers = NodeNumbers.atStart(two);

    assertThat(disk(two, first, numbers).objects()).isEmpty();
    assertThat(ids(disk(two.withDevices(List.of(first)), first, numbers).objects()))
        .containsExactly(Reservations.HELPER);
  }

  @Test
  void refusesToPlugInWhatQemuTakesAtItsStartOnly() {
    DomainDefinition running =
        domain("<disk type='file'><source file='/a'/><target dev='sda' bus='sd'/></disk>");
    DevicePart card =
        disk(running, running.devices(Disk.class).get(0), NodeNumbers.atStart(running));

    assertThatThrownBy(card::plug)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_STATE))
        .hasMessageContaining("start the domain again");
  }

  @Test
  void refusesADiskThatTheHostHasNotProvidedFor() {
    DomainDefinition running = domain(PLAIN.replace("</disk>", "<transient/></disk>"));
    Disk disk = running.devices(Disk.class).get(0);
    HostLayout placeholders = HostLayout.placeholders("n");
    HostLayout host =
        new HostLayout(
            placeholders.monitorSocket(),
            placeholders.masterKeyFile(),
            placeholders.channelFolder(),
            placeholders.nvramFile(),
            null,
            5900,
            Map.of(),
            placeholders.memory(),
            HostBindings.of(Map.of(), DisplaySecurity.NONE),
            false,
            Instant.EPOCH);

    assertThatThrownBy(
            () ->
                DeviceParts.disk(
                    running,
                    disk,
                    NodeNumbers.atStart(running),
                    host,
                    SecretMaterial.placeholders()))
        .hasMessageContaining("no overlay");
  }

  @Test
  void changesADiskThatIsPluggedInAsTheDefinitionsOverridesSay() {
    DomainDefinition running =
        PostParse.complete(
            DomainXml.read(
                "<domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>"
                    + "<name>n</name><memory>65536</memory>"
                    + "<os><type machine='q35'>hvm</type></os><devices>"
                    + PLAIN.replace("</disk>", "<alias name='ua-d'/></disk>")
                    + "</devices><qemu:override><qemu:device alias='ua-d'><qemu:frontend>"
                    + "<qemu:property name='logical_block_size' type='unsigned' value='4096'/>"
                    + "</qemu:frontend></qemu:device></qemu:override></domain>"),
            EmulatorFacts.offline());
    DevicePart part =
        disk(running, running.devices(Disk.class).get(0), NodeNumbers.atStart(running));

    assertThat(part.devices().get(0).value()).contains("\"logical_block_size\":4096");
  }
}

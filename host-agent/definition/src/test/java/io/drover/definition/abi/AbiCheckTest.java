package io.drover.definition.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.complete.PostParse;
import io.drover.definition.complete.emulator.EmulatorFacts;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbiCheckTest {
  private static final String DOMAIN =
      """
      <domain type='qemu'>
        <name>guest</name>
        <uuid>1b4f0a4e-7a55-4c3a-8e0b-3f9d6c2a1e77</uuid>
        <memory unit='MiB'>256</memory>
        <vcpu>2</vcpu>
        <os><type arch='x86_64' machine='q35'>hvm</type></os>
        <features><acpi/></features>
        <devices>
          DEVICES
        </devices>
      </domain>
      """;
  private static final String DISKS =
      """
      <disk type='file' device='disk'>
        <driver name='qemu' type='qcow2' cache='none'/>
        <source file='/a'/><target dev='vda' bus='virtio'/>
      </disk>
      <disk type='file' device='disk'>
        <source file='/b'/><target dev='sdb' bus='sata'/><serial>S1</serial>
      </disk>
      """;

  @Test
  void aDefinitionIsTheSameAsItself() {
    assertThat(first(domain(DISKS), domain(DISKS))).isEmpty();
  }

  @Test
  void whatOnlyTheHostSeesMayChange() {
    String target =
        domain(DISKS)
            .replace("<vcpu>", "<vcpu placement='static' cpuset='0-1'>")
            .replace("<memory", "<title>t</title><description>d</description><memory")
            .replace("<os>", "<memoryBacking><source type='memfd'/></memoryBacking><os>")
            .replace("<devices>", "<on_crash>destroy</on_crash><devices>")
            .replace("</devices>", "<graphics type='vnc' port='-1'/></devices>")
            .replace("<acpi/></features>", "<acpi/></features><clock offset='localtime'/>");
    // A display brings a video card, which the guest does see.
    String noDisplay = target.replaceAll("<graphics[^>]*>", "");
    assertThat(first(domain(DISKS), noDisplay)).isEmpty();
    assertThat(first(domain(DISKS), target).map(AbiDifference::path))
        .hasValueSatisfying(path -> assertThat(path).startsWith("/domain/devices/"));
  }

  @Test
  void theOrderOfDisksIsOfNoMeaning() {
    int second = DISKS.indexOf("<disk", 10);
    String swapped = DISKS.substring(second) + DISKS.substring(0, second);
    DomainDefinition placed = completed(domain(DISKS));
    String xml = DomainXml.write(placed);
    int one = xml.indexOf("<disk");
    int two = xml.indexOf("<disk", one + 1);
    int end = xml.lastIndexOf("</disk>") + "</disk>".length();
    String reordered =
        xml.substring(0, one)
            + xml.substring(two, end)
            + xml.substring(one, two)
            + xml.substring(end);
    assertThat(AbiCheck.firstDifference(placed, DomainXml.read(reordered))).isEmpty();
    assertThat(first(domain(DISKS), domain(swapped))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type='qemu' | type='kvm' | /domain/@type | qemu | kvm",
        "<name>guest | <name>other | /domain/name | guest | other",
        "2a1e77 | 2a1e78 | /domain/uuid | 1b4f0a4e-7a55-4c3a-8e0b-3f9d6c2a1e77"
            + " | 1b4f0a4e-7a55-4c3a-8e0b-3f9d6c2a1e78",
        ">256< | >512< | /domain/memory | 262144 | 524288",
        "<vcpu>2 | <vcpu>3 | /domain/vcpu | 2 | 3",
        "<vcpu>2 | <vcpu current='1'>2 | /domain/vcpu/@current | nothing | 1",
        "machine='q35' | machine='pc-q35-7.1' | /domain/os/type/@machine | pc-q35-7.2 | pc-q35-7.1",
        "<acpi/> | <acpi/><apic/> | /domain/features/apic | nothing | 1 of them",
        "<devices> | <cpu mode='custom'><model>Haswell</model></cpu><devices>"
            + " | /domain/cpu | nothing | 1 of them",
        "<devices> | <clock><timer name='hpet' present='no'/></clock><devices>"
            + " | /domain/clock | nothing | 1 of them",
      })
  void theMachineMayNotChange(String from, String into, String path, String source, String target) {
    String xml = domain(DISKS);
    assertThat(first(xml, xml.replace(from, into)))
        .contains(new AbiDifference(path, source, target));
  }

  /** A device; a change that only the host sees; a change that the guest sees, and where. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<disk type='file' device='disk'><source file='/a'/><target dev='vda' bus='virtio'/></disk>"
            + " | '/a' | '/b' | vda | vdb | disk/target/@dev",
        "<disk type='file' device='disk'><source file='/a'/><target dev='sda' bus='sata'/></disk>"
            + " | <source | <driver name='qemu' cache='none'/><source"
            + " | <target | <serial>X</serial><target | disk/serial",
        "<controller type='scsi' index='0' model='virtio-scsi'><driver queues='2'/></controller>"
            + " | <driver | <driver ioeventfd='on' | queues='2' | queues='4'"
            + " | controller[#]/driver/@queues",
        "<interface type='user'><mac address='52:54:00:00:00:01'/><model"
            + " type='virtio'/></interface> | <interface type='user'> | <interface"
            + " type='network'><source network='n'/> | 00:01' | 00:02' | interface/mac/@address",
        "<interface type='user'><mac address='52:54:00:00:00:01'/><model"
            + " type='virtio'/></interface> | <mac | <link state='down'/><mac | 'virtio' | 'e1000e'"
            + " | interface/model/@type",
        "<serial type='pty'><target port='0'/></serial>"
            + " | <serial type='pty'> | <serial type='file'><source path='/x'/>"
            + " | port='0' | port='1' | serial/target/@port",
        "<channel type='unix'><target type='virtio' name='a.b'/></channel>"
            + " | <target | <source mode='bind' path='/x'/><target | 'a.b' | 'a.c'"
            + " | channel/target/@name",
        "<input type='tablet' bus='usb'/> | a | a | tablet | mouse | input/@type",
        "<video><model type='vga' vram='16384'/></video>"
            + " | a | a | vram='16384' | vram='32768' | video/model/@vram",
        "<sound model='ich6'/> | a | a | ich6 | ich9 | sound/@model",
        "<watchdog model='i6300esb' action='reset'/> | 'reset' | 'pause' | i6300esb | ib700"
            + " | watchdog",
        "<memballoon model='virtio'/> | <memballoon model='virtio'/>"
            + " | <memballoon model='virtio'><stats period='5'/></memballoon>"
            + " | model='virtio' | model='virtio' autodeflate='on' | memballoon/@autodeflate",
        "<rng model='virtio'><backend model='random'>/dev/random</backend></rng>"
            + " | /dev/random | /dev/urandom | model='virtio' | model='virtio-transitional'"
            + " | rng/@model",
        "<tpm model='tpm-tis'><backend type='passthrough'><device"
            + " path='/dev/tpm0'/></backend></tpm> | tpm0 | tpm1 | tpm-tis | tpm-crb | tpm/@model",
        "<panic model='isa'/> | a | a | model='isa' | model='hyperv' | panic/@model",
        "<filesystem type='mount'><source dir='/x'/><target dir='t'/></filesystem>"
            + " | '/x' | '/y' | dir='t' | dir='u' | filesystem/target/@dir",
        "<vsock model='virtio'><cid auto='no' address='5'/></vsock> | a | a | '5' | '6'"
            + " | vsock/cid/@address",
        "<shmem name='s'><model type='ivshmem-plain'/><size unit='M'>4</size></shmem>"
            + " | a | a | >4< | >8< | shmem/size",
        "<iommu model='intel'><driver iotlb='on'/></iommu> | a | a"
            + " | iotlb='on' | iotlb='off' | iommu/driver/@iotlb",
        "<hub type='usb'/> | a | a | <hub type='usb'/> | <hub type='usb'/><hub type='usb'/> | hub",
        "<redirdev bus='usb' type='tcp'><source mode='connect' host='h' service='1'/></redirdev>"
            + " | '1' | '2' | </redirdev> | <address type='usb' bus='0' port='3'/></redirdev>"
            + " | redirdev/address/@port",
        "<smartcard mode='passthrough' type='pty'/>"
            + " | <smartcard mode='passthrough' type='pty'/>"
            + " | <smartcard mode='passthrough' type='unix'>"
            + "<source mode='bind' path='/x'/></smartcard>"
            + " | <smartcard mode='passthrough' type='pty'/> | <!-- none --> | smartcard",
        "<hostdev mode='subsystem' type='usb'>"
            + "<source><address bus='1' device='2'/></source></hostdev>"
            + " | device='2' | device='3' | </hostdev>"
            + " | <address type='usb' bus='0' port='4'/></hostdev> | hostdev/address/@port",
        "<crypto model='virtio' type='qemu'><backend model='builtin' queues='1'/></crypto>"
            + " | a | a | queues='1' | queues='2' | crypto/backend/@queues",
      })
  void aDeviceMayChangeBehindAndNotInFront(
      String device, String host, String behind, String guest, String front, String path) {
    String xml = domain(device);
    assertThat(first(xml, domain(device.replace(host, behind)))).as("behind").isEmpty();
    assertThat(first(xml, domain(device.replace(guest, front))).map(AbiDifference::path))
        .as("in front")
        .hasValueSatisfying(
            found ->
                assertThat(found.replaceAll("\\[\\d+]", ""))
                    .startsWith("/domain/devices/" + path.replace("[#]", "")));
  }

  @Test
  void anotherAddressIsNamedWithBothValues() {
    String xml =
        domain("<rng model='virtio'><backend model='random'>/dev/random</backend>AT</rng>");
    String at = "<address type='pci' domain='0' bus='0' slot='%d' function='0'/>";
    String source = xml.replace("AT", at.formatted(16));
    String target = xml.replace("AT", at.formatted(17));
    assertThatThrownBy(() -> AbiCheck.require(completed(source), completed(target)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            "/domain/devices/rng/address/@slot:"
                + " The guest has '0x10' here and would get '0x11'.");
  }

  private static Optional<AbiDifference> first(String source, String target) {
    return AbiCheck.firstDifference(completed(source), completed(target));
  }

  private static DomainDefinition completed(String xml) {
    return PostParse.complete(DomainXml.read(xml), EmulatorFacts.offline());
  }

  private static String domain(String devices) {
    return DOMAIN.replace("DEVICES", devices);
  }
}

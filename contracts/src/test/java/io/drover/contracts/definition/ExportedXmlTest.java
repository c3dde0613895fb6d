package io.drover.contracts.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Definitions as libvirt of other versions and other programs write them. */
class ExportedXmlTest {
  private static final String HEAD =
      "<domain type='qemu' xmlns:qemu='" + QemuExtras.NAMESPACE + "'>";
  private static final String MEMORY = "<memory unit='MiB'>64</memory>";
  private static final String OS = "<os><type arch='x86_64' machine='q35'>hvm</type></os>";

  private static DomainDefinition read(String elements) {
    return DomainXml.read(HEAD + "<name>a</name>" + MEMORY + OS + elements + "</domain>");
  }

  private static List<String> faults(String document) {
    return DomainXml.examine(document.getBytes(StandardCharsets.UTF_8)).faults().stream()
        .map(Problem.Fault::path)
        .toList();
  }

  private static void same(String one, String other) {
    assertThat(DomainXml.write(read(one))).isEqualTo(DomainXml.write(read(other)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "devices | <input type='mouse' bus='ps2'/> | <rng model='virtio'><backend"
            + " model='builtin'/></rng>",
        "features | <acpi/> | <pae/>",
        "features | <acpi/><hyperv><relaxed state='on'/></hyperv> | <hyperv><vapic"
            + " state='on'/></hyperv>",
        "features | <kvm><hidden state='on'/></kvm> | <kvm><pv-ipi state='on'/></kvm>",
        "cputune | <shares>200</shares> | <period>10000</period>",
        "memtune | <hard_limit>65536</hard_limit> | <soft_limit>65536</soft_limit>",
        "blkiotune | <weight>200</weight> | <device><path>/dev/sda</path></device>",
        "iothreadids | <iothread id='3'/> | <iothread id='5'/>",
        "pm | <suspend-to-mem enabled='no'/> | <suspend-to-disk enabled='no'/>",
        "perf | <event name='cmt' enabled='yes'/> | <event name='mbmt' enabled='no'/>",
        "memoryBacking | <locked/> | <nosharepages/>",
        "clock | <timer name='rtc' track='guest'/> | <timer name='hpet' present='no'/>",
        "qemu:commandline | <qemu:arg value='-a'/> | <qemu:env name='A' value='b'/>",
        "qemu:capabilities | <qemu:add capability='a'/> | <qemu:del capability='b'/>",
      })
  void whatGathersElementsMayStandSeveralTimes(String name, String first, String second) {
    String split = "<%1$s>%2$s</%1$s><%1$s>%3$s</%1$s>".formatted(name, first, second);
    same(split, "<%1$s>%2$s%3$s</%1$s>".formatted(name, first, second));
  }

  @Test
  void bootOrderAndFirmwareFeaturesAreGatheredOfAllOs() {
    DomainDefinition read = read("<os><boot dev='network'/></os>");
    assertThat(read.os().boot()).containsExactly("network");
  }

  @Test
  void theSamePlainSwitchTwiceIsOne() {
    same(
        "<features><acpi/></features><features><acpi/></features>", "<features><acpi/></features>");
  }

  @Test
  void whatAFurtherOneSaysBesidesIsNotLost() {
    String two =
        HEAD
            + "<name>a</name>"
            + MEMORY
            + OS
            + "<clock offset='utc'/><clock offset='localtime'/><devices/><devices a='b'/></domain>";
    assertThat(faults(two)).containsExactly("/domain/clock[2]/@offset", "/domain/devices[2]/@a");
  }

  @Test
  void placesOfFaultsAreThoseOfTheDocument() {
    String two =
        HEAD + "<name>a</name>" + MEMORY + OS + "<devices/>\n<devices><teapot/></devices></domain>";
    Problem.Fault fault = DomainXml.examine(two.getBytes(StandardCharsets.UTF_8)).faults().get(0);
    assertThat(fault.path()).isEqualTo("/domain/devices[1]/teapot");
    assertThat(fault.line()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<uuid/>",
        "<uuid> </uuid>",
        "<title/>",
        "<description></description>",
        "<currentMemory/>",
        "<currentMemory unit='KiB'></currentMemory>",
        "<maxMemory/>",
        "<vcpu/>",
        "<iothreads/>",
        "<on_poweroff/>",
        "<on_reboot></on_reboot>",
        "<on_crash/>",
        "<cputune><shares/><period/></cputune>",
        "<memtune><hard_limit/></memtune>",
        "<blkiotune><weight/></blkiotune>",
        "<os><kernel/><initrd/><cmdline/><dtb/></os>",
        "<devices><emulator/></devices>",
      })
  void anEmptyPlainValueIsAsNone(String empty) {
    same(empty, "");
  }

  @Test
  void anEmptyNameOfADeviceIsAsNone() {
    NetworkInterface nic =
        read("<devices><interface type='user'><target dev=''/><model type=''/><alias name=''/>"
                + "</interface></devices>")
            .devices(NetworkInterface.class)
            .get(0);
    assertThat(nic.targetDevice()).isNull();
    assertThat(nic.model()).isNull();
    assertThat(nic.info().alias()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"<maxMemory slots='2'/>", "<maxMemory unit='MiB'>128</maxMemory>"})
  void halfOfAMaximumIsStillAFault(String half) {
    assertThatThrownBy(() -> read(half)).hasMessageContaining("slots");
  }

  @Test
  void memoryIsStillNeeded() {
    assertThatThrownBy(() -> DomainXml.read(HEAD + "<name>a</name><memory/>" + OS + "</domain>"))
        .hasMessageContaining("<memory");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<vcpu>2</vcpu><cpu><topology sockets='1' dies='1'%s cores='2' threads='1'/></cpu>"
            + " | clusters='1' | clusters='2' | clusters",
        "<devices><disk type='file'><driver name='qemu' type='qcow2'%s/><source file='/a'/>"
            + "<target dev='vda'/></disk></devices>"
            + " | discard_no_unref='off' | discard_no_unref='on' | discard_no_unref",
        "<features><acpi/><hyperv><tlbflush state='on'>%s</tlbflush></hyperv></features>"
            + " | <direct state='off'/><extended state='off'/> | <extended state='on'/> | state",
        "<features><acpi/><hyperv><relaxed state='on'/>%s</hyperv></features>"
            + " | <emsr_bitmap state='off'/><xmm_input state='off'/> | <xmm_input state='on'/>"
            + " | state",
        "<features><acpi/>%s</features> | <ps2 state='on'/> | <ps2 state='off'/> | state",
        "<devices><video><model type='virtio'%s/></video></devices> | blob='off' | blob='on' | blob",
        "<devices><iommu model='intel'><driver intremap='on'%s/></iommu></devices>"
            + " | dma_translation='on' | dma_translation='off' | dma_translation",
      })
  void whatSaysWhatIsSoAnywayIsTaken(String form, String neutral, String other, String path) {
    boolean attribute = !neutral.startsWith("<");
    String space = attribute ? " " : "";
    same(form.formatted(space + neutral), form.formatted(""));
    assertThatThrownBy(() -> read(form.formatted(space + other)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().errors().get(0).path()).endsWith("/@" + path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a&#10;b", "a&#13;b", "a&#9;b", "a\nb", "a&#x85;b", "a&#x2028;b", "a\n"})
  void aNameHasNoControlCharacters(String name) {
    String document = HEAD + "<name>" + name + "</name>" + MEMORY + OS + "</domain>";
    assertThat(faults(document)).containsExactly("/domain/name");
  }

  @Test
  void aFolderIsNoFormat() {
    assertThatThrownBy(
            () ->
                read(
                    "<devices><disk type='file'><driver name='qemu' type='dir'/><source file='/a'/>"
                        + "<target dev='vda'/></disk></devices>"))
        .hasMessageContaining("/domain/devices/disk/driver/@type")
        .hasMessageContaining("<disk type='dir'>")
        .hasMessageContaining("'fat'");
  }

  @Test
  void aFirmwareThatIsNamedIsTheFirmwareHoweverItWasChosen() {
    String image =
        "<loader readonly='yes' type='pflash'%1$s>/c.fd</loader>"
            + "<nvram template='/t.fd'%2$s>/v.fd</nvram>";
    String exported =
        HEAD
            + "<name>a</name>"
            + MEMORY
            + "<os firmware='efi'><type arch='x86_64' machine='q35'>hvm</type><firmware>"
            + "<feature enabled='no' name='secure-boot'/></firmware>"
            + image.formatted(" format='raw'", " templateFormat='raw' format='raw'")
            + "</os></domain>";
    assertThat(DomainXml.write(DomainXml.read(exported)))
        .isEqualTo(DomainXml.write(read("<os>" + image.formatted("", "") + "</os>")));
    assertThat(faults(exported.replace("'raw'", "'qcow2'")))
        .containsExactly(
            "/domain/os/loader/@format",
            "/domain/os/nvram/@format",
            "/domain/os/nvram/@templateFormat");
  }
}

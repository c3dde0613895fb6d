package io.drover.driver.internal.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.taint.Taint;
import io.drover.driver.AcceleratorFacts;
import io.drover.driver.Domain;
import io.drover.driver.DomainState;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import io.drover.driver.internal.domain.LocalDriver;
import io.drover.driver.internal.domain.TestDriver;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of libvirt's page on its QEMU driver, word for word but for what is of their hosts:
 * image files, the emulator's path and the prepared network.
 */
class PageExamplesIT {
  private static final String EMULATED =
      """
      <domain type='qemu'>
        <name>QEMU-fedora-i686</name>
        <uuid>c7a5fdbd-cdaf-9455-926a-d65c16db1809</uuid>
        <memory>219200</memory>
        <currentMemory>219200</currentMemory>
        <vcpu>2</vcpu>
        <os>
          <type arch='i686' machine='pc'>hvm</type>
          <boot dev='cdrom'/>
        </os>
        <devices>
          <emulator>/usr/bin/qemu-system-x86_64</emulator>
          <disk type='file' device='cdrom'>
            <source file='/home/user/boot.iso'/>
            <target dev='hdc'/>
            <readonly/>
          </disk>
          <disk type='file' device='disk'>
            <source file='/home/user/fedora.img'/>
            <target dev='hda'/>
          </disk>
          <interface type='network'>
            <source network='default'/>
          </interface>
          <graphics type='vnc' port='-1'/>
        </devices>
      </domain>
      """;
  private static final String ACCELERATED =
      """
      <domain type='kvm'>
        <name>demo2</name>
        <uuid>4dea24b3-1d52-d8f3-2516-782e98a23fa0</uuid>
        <memory>131072</memory>
        <vcpu>1</vcpu>
        <os>
          <type arch="i686">hvm</type>
        </os>
        <clock sync="localtime"/>
        <devices>
          <emulator>/usr/bin/qemu-kvm</emulator>
          <disk type='file' device='disk'>
            <source file='/var/lib/libvirt/images/demo2.img'/>
            <target dev='hda'/>
          </disk>
          <interface type='network'>
            <source network='default'/>
            <mac address='24:42:53:21:52:45'/>
          </interface>
          <graphics type='vnc' port='-1' keymap='de'/>
        </devices>
      </domain>
      """;
  private static final String COMMAND_LINE =
      """
      <domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
        <name>QEMU-fedora-i686</name>
        <memory>219200</memory>
        <os>
          <type arch='i686' machine='pc'>hvm</type>
        </os>
        <devices>
          <emulator>/usr/bin/qemu-system-x86_64</emulator>
        </devices>
        <qemu:commandline>
          <qemu:arg value='-newarg'/>
          <qemu:env name='QEMU_ENV' value='VAL'/>
        </qemu:commandline>
      </domain>
      """;
  private static final String CAPABILITIES =
      """
      <domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
        <name>testvm</name>
        <memory>65536</memory>
        <os><type>hvm</type></os>
        <qemu:capabilities>
          <qemu:add capability='blockdev'/>
          <qemu:del capability='drive'/>
        </qemu:capabilities>
      </domain>
      """;

  @TempDir Path folder;
  private LocalDriver driver;

  @BeforeEach
  void open() {
    driver = TestDriver.open(DriverLayout.under(folder), DriverOptions.defaults());
  }

  @AfterEach
  void end() {
    driver.domains().forEach(Domain::destroy);
    driver.close();
  }

  @Test
  void theEmulatedGuestStarts() throws IOException {
    Domain domain = start(EMULATED);

    assertThat(domain.status().state()).isEqualTo(DomainState.RUNNING);
    assertThat(domain.accelerator()).isEqualTo("tcg");
    assertThat(domain.id()).hasToString("c7a5fdbd-cdaf-9455-926a-d65c16db1809");
    assertThat(domain.qmp("query-block", "{}")).contains("ide0-0-0", "ide0-1-0");
    assertThat(domain.qmp("query-vnc", "{}")).contains("\"enabled\":true");
    assertThat(domain.qmp("query-cpus-fast", "{}")).contains("\"cpu-index\":1");
  }

  @Test
  void theAcceleratedGuestStartsWhereKvmRunsGuests() throws IOException {
    AcceleratorFacts kvm = driver.capabilities().accelerator("kvm").orElseThrow();
    assumeTrue(kvm.usable(), () -> "KVM runs no guests here: " + kvm.reason());

    assertThat(start(ACCELERATED).accelerator()).isEqualTo("kvm");
  }

  @Test
  void theAcceleratedGuestStartsUnderTcgWithItsTypeChanged() throws IOException {
    Domain domain = start(ACCELERATED.replace("'kvm'", "'qemu'"));

    assertThat(domain.status().state()).isEqualTo(DomainState.RUNNING);
    assertThat(
            domain.qmp("qom-get", "{\"path\":\"/machine/peripheral/net0\",\"property\":\"mac\"}"))
        .contains("24:42:53:21:52:45");
  }

  /** The page's argument is none of QEMU's, and so QEMU says so. */
  @Test
  void anArgumentThatIsPassedOnReachesQemu() {
    assertThatThrownBy(() -> start(COMMAND_LINE))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.QEMU_START_FAILED))
        .hasMessageContaining("-newarg: invalid option");
  }

  @Test
  void aGuestStartsWithAnArgumentAndAVariableThatArePassedOn() throws IOException {
    Domain domain = start(COMMAND_LINE.replace("-newarg", "-no-fd-bootchk"));

    assertThat(domain.status().state()).isEqualTo(DomainState.RUNNING);
    assertThat(proc(domain, "cmdline")).containsSequence("-no-fd-bootchk", "-sandbox");
    assertThat(proc(domain, "environ")).contains("QEMU_ENV=VAL");
    assertThat(domain.taints()).contains(Taint.CUSTOM_ARGV);
  }

  @Test
  void aGuestStartsWithCapabilitiesAddedAndTakenAway() throws IOException {
    Domain domain = start(CAPABILITIES);

    assertThat(domain.status().state()).isEqualTo(DomainState.RUNNING);
    assertThat(domain.taints()).contains(Taint.CUSTOM_HYPERVISOR_FEATURE);
  }

  private static List<String> proc(Domain domain, String file) throws IOException {
    String all = Files.readString(Path.of("/proc", Long.toString(domain.pid()), file));
    return Arrays.asList(all.split("\0"));
  }

  private Domain start(String xml) throws IOException {
    String here =
        xml.replace("/usr/bin/qemu-kvm", "/usr/bin/qemu-system-x86_64")
            .replaceAll("<interface type='network'>\\s*<source [^>]*>", "<interface type='user'>")
            .replaceAll("<source file='[^']*/", "<source file='" + folder + "/");
    for (String name : List.of("boot.iso", "fedora.img", "demo2.img")) {
      try (RandomAccessFile image = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
        image.setLength(1 << 20);
      }
    }
    return driver.start(DomainXml.read(here), StartOptions.plain());
  }
}

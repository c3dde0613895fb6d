package io.drover.definition.taint;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TaintRulesTest {
  private static final String PLAIN =
      """
      <domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
        <name>x</name><memory>65536</memory><vcpu>1</vcpu>
        <os><type arch='x86_64' machine='pc-i440fx-7.2'>hvm</type></os>
        <devices>
          <disk type='file' device='cdrom'><source file='/x.iso'/><target dev='hdc'/></disk>
        </devices>
      </domain>
      """;

  @Test
  void aPlainDefinitionHasNone() {
    assertThat(taints(PLAIN, false)).isEmpty();
  }

  @Test
  void qemuAsRootHasHighPrivileges() {
    assertThat(taints(PLAIN, true)).containsExactly(Taint.HIGH_PRIVILEGES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "custom-argv | </domain> | <qemu:commandline><qemu:arg value='-x'/></qemu:commandline>",
        "custom-argv | </domain> | <qemu:commandline><qemu:env name='X'/></qemu:commandline>",
        "custom-hypervisor-feature | </domain>"
            + " | <qemu:capabilities><qemu:del capability='x'/></qemu:capabilities>",
        "custom-device | </domain> | <qemu:override><qemu:device alias='net0'><qemu:frontend>"
            + "<qemu:property name='a' type='remove'/>"
            + "</qemu:frontend></qemu:device></qemu:override>",
        "high-privileges | </devices> | <hostdev mode='subsystem' type='scsi' rawio='yes'><source>"
            + "<adapter name='scsi_host0'/><address bus='0' target='0' unit='0'/>"
            + "</source></hostdev>",
        "high-privileges | </devices> | <disk type='block' device='lun' rawio='yes'>"
            + "<source dev='/dev/sda'/><target dev='sda' bus='scsi'/></disk>",
        "shell-scripts | </devices> | <interface type='ethernet'><script path='/etc/qemu-ifup'/>"
            + "</interface>",
        "custom-dtb | <type | <dtb>/x.dtb</dtb>",
        "host-cpu | <devices> | <cpu mode='host-passthrough'/>",
      })
  void hasATaintFor(String word, String before, String part) {
    assertThat(taints(PLAIN.replace(before, part + before), false))
        .containsExactly(Taint.ofWord(word));
  }

  @Test
  void knowsDeprecatedMachinesAndDrivesOfTheHost() {
    assertThat(taints(PLAIN.replace("fx-7.2", "fx-1.5"), false))
        .containsExactly(Taint.DEPRECATED_CONFIG);
    String drive =
        PLAIN.replace("type='file'", "type='block'").replace("file='/x.iso'", "dev='/dev/sr0'");
    assertThat(taints(drive, false)).containsExactly(Taint.CDROM_PASSTHROUGH);
  }

  @ParameterizedTest
  @EnumSource(Taint.class)
  void isFoundAgainByItsWord(Taint taint) {
    assertThat(Taint.ofWord(taint.word())).isEqualTo(taint);
  }

  private static Set<Taint> taints(String xml, boolean root) {
    DomainDefinition definition = DomainXml.read(xml);
    return TaintRules.of(definition, root, TaintRules.DEPRECATED);
  }
}

package io.drover.driver.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.DeviceTypes;
import io.drover.definition.argv.NativeArgv;
import io.drover.driver.AcceleratorFacts;
import io.drover.driver.Emulator;
import io.drover.driver.HostCapabilities;
import io.drover.driver.HostDescription;
import io.drover.driver.internal.probe.RecordedEmulators;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Definitions on the recorded QEMU 7.2.22, on a host where KVM runs guests. */
class EmulatorChoiceTest {
  private static final Emulator QEMU = RecordedEmulators.debian();

  private static HostCapabilities host(Emulator emulator) {
    return new HostCapabilities(
        List.of(emulator),
        List.of(new AcceleratorFacts("kvm", true, "", 1), new AcceleratorFacts("tcg", true, "", 2)),
        List.of(),
        new HostDescription(
            Optional.empty(),
            "x86_64",
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            false,
            false,
            false));
  }

  private static DomainDefinition definition(String type, String machine, String parts) {
    return DomainXml.read(
        "<domain type='"
            + type
            + "'><name>g</name><memory unit='MiB'>64</memory>"
            + (parts.contains("<vcpu>") ? "" : "<vcpu>1</vcpu>")
            + "<os><type arch='x86_64' machine='"
            + machine
            + "'>hvm</type></os>"
            + parts
            + "</domain>");
  }

  private static List<String> argv(DomainDefinition definition) {
    EmulatorChoice choice = EmulatorChoice.of(definition, host(QEMU));
    return NativeArgv.of(definition.withType(choice.domainType()), choice.facts());
  }

  private static String cpu(List<String> argv) {
    return argv.get(argv.indexOf("-cpu") + 1);
  }

  @Test
  void aMachineThatTheEmulatorLacksIsRefused() {
    assertThatThrownBy(() -> argv(definition("qemu", "pc-q35-99.0", "")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("has no machine 'pc-q35-99.0'");
  }

  @Test
  void aLunOnVirtioIsRefusedWhereTheEmulatorPassesNoScsiThroughIt() {
    DomainDefinition lun =
        definition(
            "qemu",
            "pc",
            "<devices><disk type='block' device='lun'><source dev='/dev/sdz'/>"
                + "<target dev='vda' bus='virtio'/></disk></devices>");
    assertThat(EmulatorChoice.of(lun, host(QEMU)).accelerator()).isEqualTo("tcg");

    Set<String> flags = new HashSet<>(QEMU.flags());
    flags.remove("virtio-blk-pci.scsi");
    Emulator newer =
        new Emulator(
            QEMU.path(),
            QEMU.arch(),
            QEMU.version(),
            QEMU.packaging(),
            flags,
            QEMU.types(),
            QEMU.machines(),
            QEMU.tcg(),
            QEMU.kvm(),
            QEMU.sev());

    assertThatThrownBy(() -> EmulatorChoice.of(lun, host(newer)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("device='lun' of the disk vda")
        .hasMessageContaining("bus 'scsi'");
  }

  @Test
  void moreCpusThanTheMachineTakesAreRefused() {
    String many =
        """
        <vcpu>289</vcpu><features><acpi/><apic/><ioapic driver='qemu'/></features>
        <devices><iommu model='intel'><driver intremap='on' eim='on'/></iommu></devices>
        """;
    assertThatThrownBy(() -> argv(definition("qemu", "q35", many)))
        .hasMessageContaining("machine type limit 288");
  }

  @Test
  void aCpuModelThatTheEmulatorLacksIsRefused() {
    assertThatThrownBy(
            () ->
                argv(
                    definition("qemu", "pc", "<cpu mode='custom'><model>EPYC-Turin</model></cpu>")))
        .hasMessageContaining("has no CPU model 'EPYC-Turin'");
  }

  @Test
  void aModelThatKvmCannotGiveNamesWhatIsMissing() {
    String cpu = "<cpu mode='custom' %s><model>Skylake-Client</model>%s</cpu>";
    assertThatThrownBy(() -> argv(definition("kvm", "pc", cpu.formatted("", ""))))
        .hasMessageContaining("does not provide required features:")
        .hasMessageContaining("rtm");
    assertThat(cpu(argv(definition("qemu", "pc", cpu.formatted("", "")))))
        .isEqualTo("Skylake-Client");
    assertThat(cpu(argv(definition("kvm", "pc", cpu.formatted("check='none'", "")))))
        .isEqualTo("Skylake-Client");
  }

  @Test
  void aFeatureThatTheHostLacksOrMustNotHaveIsNamed() {
    String cpu = "<cpu mode='custom'><model>pentium3</model><feature policy='%s' name='%s'/></cpu>";
    assertThatThrownBy(() -> argv(definition("kvm", "pc", cpu.formatted("require", "avx512f"))))
        .hasMessageContaining("required features: avx512f");
    assertThatThrownBy(() -> argv(definition("kvm", "pc", cpu.formatted("forbid", "x2apic"))))
        .hasMessageContaining("forbidden features: x2apic");
  }

  @Test
  void hostModelIsSpelledOutAndTheDefinitionsOwnFeaturesWin() {
    String cpu =
        cpu(
            argv(
                definition(
                    "qemu",
                    "pc",
                    "<cpu mode='host-model'><feature policy='disable' name='erms'/></cpu>")));
    assertThat(cpu).startsWith("EPYC,").contains(",erms=off", ",vme=off", ",fxsr-opt=off");
    assertThat(cpu).doesNotContain("erms=on").doesNotContain("fxsr_opt");
  }

  @Test
  void aDeviceThatTheEmulatorWasBuiltWithoutIsRefusedByItsName() {
    List<String> argv =
        argv(definition("qemu", "q35", "<devices><watchdog model='i6300esb'/></devices>"));
    TreeSet<String> types = new TreeSet<>(QEMU.types());
    DeviceTypes.check(argv, types, List.of());
    types.remove("i6300esb");
    assertThatThrownBy(() -> DeviceTypes.check(argv, types, List.of()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("has no 'i6300esb', which 'watchdog0' is made of");
  }

  @Test
  void nothingIsRefusedWhereTheEmulatorIsUnknown() {
    List<String> own = List.of("-device", "teapot,id=t0");
    DeviceTypes.check(own, java.util.Set.of("kettle"), own);
    DeviceTypes.check(
        List.of("/qemu", "-device", "ahci,id=a"), java.util.Set.of("ich9-ahci"), List.of());
    DeviceTypes.check(List.of("/qemu", "-device", "teapot,id=t0"), java.util.Set.of(), List.of());
    assertThat(NativeArgv.of(DomainXml.write(definition("qemu", "pc-q35-7.2", "")))).isNotEmpty();
  }
}

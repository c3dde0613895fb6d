package io.drover.definition.argv;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.definition.DomainXml;
import io.drover.definition.argv.host.HostLayout;
import io.drover.definition.argv.host.SecretMaterial;
import io.drover.definition.complete.PostParse;
import io.drover.definition.complete.emulator.EmulatorFacts;
import io.drover.definition.fromargv.NativeDefinition;
import io.drover.definition.fromargv.NativeDefinition.Unknown;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** QEMU 8.0 took ACPI's switch to the machine, and 9.0 dropped the old one. */
class AcpiSwitchTest {
  private static final String WITHOUT = "";
  private static final String WITH = "<features><acpi/></features>";

  @Test
  void isTheMachinesWhereTheEmulatorListsItThere() {
    List<String> argv = argv(WITHOUT, true);
    assertThat(argv).doesNotContain("-no-acpi");
    assertThat(argv.get(argv.indexOf("-machine") + 1)).endsWith(",acpi=off");
  }

  @Test
  void isAnOptionOfItsOwnForOlderEmulators() {
    assertThat(argv(WITHOUT, false)).contains("-no-acpi").noneMatch(word -> word.contains("acpi="));
  }

  @Test
  void isLeftAloneForAGuestWithAcpi() {
    for (boolean machine : new boolean[] {true, false}) {
      assertThat(argv(WITH, machine))
          .doesNotContain("-no-acpi")
          .noneMatch(word -> word.contains("acpi="));
    }
  }

  @Test
  void comesBackFromACommandLineInEitherForm() {
    for (String line : List.of("-machine q35,acpi=off", "-machine q35 -no-acpi")) {
      NativeDefinition read =
          NativeDefinition.read("qemu-system-x86_64 -nodefaults " + line, Unknown.REFUSED);
      assertThat(read.definition().features().acpi()).as(line).isFalse();
    }
  }

  private static List<String> argv(String features, boolean machineAcpi) {
    String xml =
        "<domain type='qemu'><name>n</name><memory>65536</memory>"
            + "<os><type machine='q35'>hvm</type></os>%s<devices/></domain>";
    HostLayout plain = HostLayout.placeholders("n");
    HostLayout host =
        new HostLayout(
            plain.monitorSocket(),
            plain.masterKeyFile(),
            plain.channelFolder(),
            plain.nvramFile(),
            plain.displaySocket(),
            plain.displayPort(),
            plain.taps(),
            plain.memory(),
            plain.bindings(),
            machineAcpi,
            Instant.EPOCH);
    return QemuArgv.build(
        PostParse.complete(DomainXml.read(xml.formatted(features)), EmulatorFacts.offline()),
        host,
        SecretMaterial.placeholders());
  }
}

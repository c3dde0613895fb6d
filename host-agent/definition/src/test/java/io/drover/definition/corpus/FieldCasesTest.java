package io.drover.definition.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.definition.DomainXml;
import io.drover.definition.argv.NativeArgv;
import io.drover.definition.complete.emulator.EmulatorFacts;
import io.drover.definition.fromargv.NativeDefinition;
import io.drover.definition.fromargv.NativeDefinition.Unknown;
import io.drover.definition.validation.Validation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each of the inputs gives what is right for it. */
class FieldCasesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "C01-two-devices.xml",
        "C02-empty-uuid.xml",
        "C03-clusters-one.xml",
        "C04-uefi-export.xml",
        "C05-itco.xml",
        "C08-unnamed-format.xml",
        "C09-backing-owner.xml",
        "C10-missing-file.xml",
        "C11-closed-folder.xml",
        "C14-missing-template.xml",
      })
  void isTaken(String name) throws IOException {
    String xml = FieldCases.text(name);
    assertThat(faults(xml)).isEmpty();
    assertThat(NativeArgv.of(xml)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "C01-two-devices.xml, isa-serial",
    "C03-clusters-one.xml, 'sockets=1,dies=1,cores=2,threads=1'",
    "C04-uefi-export.xml, /usr/share/OVMF/OVMF_CODE_4M.fd",
    "C04-uefi-export.xml, /var/lib/libvirt/qemu/nvram/uefi-export_VARS.fd",
    "C05-itco.xml, ICH9-LPC.noreboot=off",
  })
  void isDone(String name, String word) throws IOException {
    assertThat(String.join(" ", NativeArgv.of(FieldCases.text(name)))).contains(word);
  }

  @ParameterizedTest
  @CsvSource({
    "C06-discard-no-unref.xml, /domain/devices/disk/driver/@discard_no_unref",
    "C07-name-newline.xml, /domain/name",
    "C12-usb-empty-cdrom.xml, /domain/devices/disk",
    "C13-dir-format.xml, /domain/devices/disk/driver/@type",
  })
  void isRefusedByItsPath(String name, String path) throws IOException {
    assertThat(faults(FieldCases.text(name))).singleElement().asString().startsWith(path);
  }

  private static List<String> faults(String xml) {
    return Validation.of(xml.getBytes(StandardCharsets.UTF_8), false).stream()
        .map(fault -> fault.path() + " " + fault.detail())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "C20-alias-net.args, <model type='virtio'/>",
    "C21-alias-input.args, <input type='keyboard' bus='virtio'",
    "C22-iothread-id.args, iothread='1'",
    "C23-size-suffix.args, <size unit='B'>1048576</size>",
    "C24-memory-fraction.args, <memory unit='KiB'>1572864</memory>",
    "C25-hostfwd.args, <range start='2222' to='22'/>",
    "C26-hda-any-bus.args, <codec type='duplex'/>",
    "C27-ahci-second.args, controller='1' bus='0' target='0' unit='2'",
    "C28-empty-cdrom.args, device='cdrom'",
    "C29-relative-path.args, file='/home/a/output/disk.qcow2'",
  })
  void isReadAsQemuReadsIt(String name, String found) throws IOException {
    String line = FieldCases.text(name);
    for (Unknown unknown : Unknown.values()) {
      NativeDefinition read = NativeDefinition.read(line, unknown, Path.of("/home/a"));
      assertThat(DomainXml.write(read.definition())).contains(found);
      assertThat(read.passedOn()).isEmpty();
      assertThat(NativeArgv.of(read.definition(), EmulatorFacts.offline())).isNotEmpty();
    }
  }
}

package io.drover.definition.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.NativeArgv;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken is done, or refused with its path and a remedy. */
class ReportedDefinitionsTest {
  private static String xml(String machine, String os, String devices) {
    return "<domain type='qemu'><name>a</name><memory unit='MiB'>64</memory><os%s</os>"
            .formatted(
                (os.startsWith(" ") ? os : ">" + os)
                    .replaceFirst(">", "><type arch='x86_64' machine='" + machine + "'>hvm</type>"))
        + "<features><acpi/></features><devices>"
        + devices
        + "</devices></domain>";
  }

  private static String argv(String machine, String devices) {
    return String.join(" ", NativeArgv.of(xml(machine, "", devices)));
  }

  private static List<String> faults(String document) {
    return Validation.of(document.getBytes(StandardCharsets.UTF_8), false).stream()
        .map(fault -> fault.path() + " " + fault.detail())
        .toList();
  }

  @Test
  void theChipsetsWatchdogMayResetTheMachine() {
    assertThat(argv("q35", "<watchdog model='itco' action='reset'/>"))
        .contains("-global ICH9-LPC.noreboot=off", "-watchdog-action reset");
    assertThat(argv("q35", "<watchdog model='i6300esb' action='reset'/>"))
        .doesNotContain("noreboot");
  }

  @Test
  void theChipsetsWatchdogMayStandBesideAnotherOfItsAction() {
    String two = "<watchdog model='itco' action='%s'/><watchdog model='i6300esb' action='reset'/>";
    assertThat(argv("q35", two.formatted("reset"))).contains("i6300esb", "noreboot=off");
    assertThat(faults(xml("q35", "", two.formatted("none"))))
        .singleElement()
        .asString()
        .contains("/domain/devices/watchdog", "one action");
  }

  @Test
  void otherMachinesHaveNoSuchWatchdog() {
    assertThat(faults(xml("pc", "", "<watchdog model='itco' action='reset'/>")))
        .singleElement()
        .asString()
        .contains("/domain/devices/watchdog", "q35", "i6300esb");
  }

  @Test
  void anEmptyDriveIsNotOnUsb() {
    String drive = "<disk type='file' device='cdrom'>%s<target dev='sda' bus='%s'/></disk>";
    assertThat(faults(xml("q35", "", drive.formatted("", "usb"))))
        .singleElement()
        .asString()
        .contains("/domain/devices/disk", "must not be empty", "bus='sata'");
    assertThat(faults(xml("q35", "", drive.formatted("", "sata")))).isEmpty();
    assertThat(faults(xml("q35", "", drive.formatted("<source file='/a.iso'/>", "usb")))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        " firmware='efi'> <loader readonly='yes'/> | /os/loader/@readonly | take out 'readonly'",
        " firmware='efi'> <loader type='pflash'/> | /os/loader/@type | take out 'type'",
        " firmware='efi'> <nvram template='/t.fd'/> | /os/nvram/@template | take out 'template'",
        " firmware='efi'> <loader>/c.fd</loader> | /os/loader | needs its 'type'",
      })
  void whatBelongsToANamedImageIsToldWithBothWays(String os, String path, String remedy) {
    String spaced = " " + os.strip();
    assertThat(faults(xml("q35", spaced, "")))
        .singleElement()
        .asString()
        .contains(path, remedy, "firmware='efi'");
  }

  @Test
  void oneMediatedDeviceHasAScreenOfTheFirmware() {
    String device =
        "<hostdev mode='subsystem' type='mdev' model='vfio-pci' display='on' ramfb='on'><source>"
            + "<address uuid='53764d0e-85a0-42b4-af5c-2046b460b1d%s'/></source></hostdev>";
    String screen = "<graphics type='vnc'/>";
    assertThat(faults(xml("q35", "", screen + device.formatted("1")))).isEmpty();
    assertThat(faults(xml("q35", "", screen + device.formatted("1") + device.formatted("2"))))
        .singleElement()
        .asString()
        .contains("ramfb");
    String video = "<video><model type='ramfb'/></video>";
    assertThat(faults(xml("q35", "", screen + video + device.formatted("1"))))
        .singleElement()
        .asString()
        .contains("ramfb");
  }

  @Test
  void aVolumeMayBeAFolder() {
    String disk =
        "<disk type='%s' device='disk'><driver name='qemu' type='fat'/><source %s/>"
            + "<target dev='vda' bus='virtio'/><readonly/></disk>";
    assertThat(faults(xml("pc", "", disk.formatted("volume", "pool='p' volume='v'")))).isEmpty();
    assertThat(faults(xml("pc", "", disk.formatted("file", "file='/a'"))))
        .singleElement()
        .asString()
        .contains("type='dir'");
  }

  @Test
  void secureBootWithoutEnrolledKeysIsAnImageOfItsOwn() {
    String os =
        " firmware='efi'><firmware><feature enabled='yes' name='secure-boot'/>"
            + "<feature enabled='no' name='enrolled-keys'/></firmware>";
    assertThat(String.join(" ", NativeArgv.of(xml("q35", os, ""))))
        .contains("secboot", "cfi.pflash01");
    assertThatThrownBy(() -> NativeArgv.of(xml("pc", os, ""))).isInstanceOf(ProblemException.class);
  }

  @Test
  void aModelOfACpuIsAsLibvirtHasIt() {
    String cpu =
        xml("pc", "", "")
            .replace(
                "<devices>", "<cpu mode='custom'><model>Icelake-Server</model></cpu><devices>");
    assertThat(String.join(" ", NativeArgv.of(cpu))).doesNotContain("pconfig");
  }
}

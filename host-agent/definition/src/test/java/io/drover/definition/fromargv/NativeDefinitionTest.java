package io.drover.definition.fromargv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.definition.device.Video;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.NativeArgv;
import io.drover.definition.complete.emulator.EmulatorFacts;
import io.drover.definition.fromargv.NativeDefinition.Unknown;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines that people write, and some that nobody should. */
class NativeDefinitionTest {
  private static final String QEMU = "/usr/bin/qemu-system-x86_64 ";

  private static DomainDefinition read(String options) {
    return NativeDefinition.read(QEMU + options, Unknown.REFUSED).definition();
  }

  private static String xml(String options) {
    return DomainXml.write(read(options));
  }

  private static List<String> argv(NativeDefinition read) {
    return NativeArgv.of(read.definition(), EmulatorFacts.offline());
  }

  private static List<String> told(String options, Unknown unknown) {
    try {
      NativeDefinition.read(QEMU + options, unknown);
    } catch (ProblemException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED_ELEMENT);
      return e.problem().errors().stream().map(Problem.Fault::detail).toList();
    }
    throw new AssertionError("It is taken.");
  }

  @Test
  void readsShortForms() {
    DomainDefinition definition =
        read(
            "-name web -M q35 -m 2G -smp 4,sockets=2 -hda /srv/disk.qcow2 -cdrom '/srv/a b.iso'"
                + " -nic user,model=virtio,mac=52:54:00:11:22:33 -vga qxl -vnc :7 -k de"
                + " -usb -usbdevice tablet -serial mon:stdio -boot order=dc,menu=on -enable-kvm"
                + " -cpu host -display none");

    assertThat(definition.name()).isEqualTo("web");
    assertThat(definition.type()).isEqualTo("kvm");
    assertThat(definition.os().boot()).containsExactly("cdrom", "hd");
    assertThat(definition.devices(Disk.class)).hasSize(2);
    assertThat(definition.devices(NetworkInterface.class).get(0).mac())
        .isEqualTo("52:54:00:11:22:33");
    assertThat(DomainXml.write(definition))
        .contains("<source file='/srv/a b.iso'/>", "type='qcow2'", "port='5907'", "keymap='de'")
        .contains("type='qxl'", "bus='sata'", "sockets='2'", "type='stdio'");
  }

  @Test
  void pairsOldNetworkOptions() {
    String xml = xml("-nodefaults -net nic,model=rtl8139,macaddr=52:54:00:aa:bb:cc -net user");

    assertThat(xml).contains("type='user'", "rtl8139", "52:54:00:aa:bb:cc");
  }

  @Test
  void readsDrivesOfEveryKind() {
    String xml =
        xml(
            "-nodefaults -drive file=/a.img,if=virtio,format=raw,cache=none,aio=native"
                + " -drive file=/b.vmdk,if=ide,index=2,media=cdrom"
                + " -drive if=pflash,unit=0,readonly=on,format=raw,file=/fw/CODE.fd"
                + " -drive if=pflash,unit=1,format=raw,file=/fw/VARS.fd"
                + " -drive id=d,if=none,file=/c.img,format=raw -device ide-hd,drive=d,bus=ide.0");

    assertThat(xml)
        .contains("dev='vda'", "cache='none'", "io='native'", "dev='hdc'", "device='cdrom'")
        .contains("/fw/CODE.fd</loader>", "/fw/VARS.fd</nvram>", "<source file='/c.img'/>");
  }

  @Test
  void givesWhatQemuGivesByItselfOnlyWithoutNodefaults() {
    DomainDefinition plain = read("-m 64");
    DomainDefinition bare = read("-m 64 -nodefaults");

    assertThat(plain.devices(Video.class).get(0).model()).isEqualTo("vga");
    assertThat(plain.devices(NetworkInterface.class).get(0).model()).isEqualTo("e1000");
    assertThat(bare.devices(Video.class).get(0).model()).isEqualTo("none");
    assertThat(bare.devices(NetworkInterface.class)).isEmpty();
    assertThat(read("-nic none").devices(NetworkInterface.class)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-m 64,65536", "-m 1G,1048576", "-m size=2097152k,2097152", "'',131072"})
  void readsMemoryAsQemuDoes(String option, long kib) {
    assertThat(xml("-nodefaults " + option)).contains("<memory unit='KiB'>" + kib + "</memory>");
  }

  @ParameterizedTest
  @CsvSource({
    "pc, 4, '4,sockets=1,dies=1,cores=4,threads=1'",
    "pc-i440fx-6.1, 4, '4,sockets=4,cores=1,threads=1'",
    "pc, '4,sockets=2', '4,sockets=2,dies=1,cores=2,threads=1'",
    "pc, '2,maxcpus=8,cores=2', '2,maxcpus=8,sockets=4,dies=1,cores=2,threads=1'",
    "pc, 'sockets=2,cores=3', '6,sockets=2,dies=1,cores=3,threads=1'",
    "pc, '8,sockets=2,cores=2', '8,sockets=2,dies=1,cores=2,threads=2'"
  })
  void arrangesCpusAsQemuDoes(String machine, String count, String whole) {
    String line = "-nodefaults -M " + machine + " -smp " + count;

    assertThat(argv(NativeDefinition.read(QEMU + line, Unknown.REFUSED)))
        .containsSequence("-smp", whole);
  }

  @Test
  void isNoDifferentAfterPreparingCommandsAndVariables() {
    String line = "mkdir -p /tmp/x && LC_ALL=C HOME=/tmp/x " + QEMU + "-nodefaults -name n";

    assertThat(NativeDefinition.read(line, Unknown.REFUSED).definition().name()).isEqualTo("n");
  }

  @Test
  void namesEverythingThatItDoesNotKnow() {
    assertThat(
            told(
                "-nodefaults -icount shift=3 -device no-such-thing,a=b"
                    + " -device virtio-rng-pci,x-odd=1 -netdev l2tpv3,id=n -nosuch"
                    + " -device e1000,netdev=n",
                Unknown.REFUSED))
        .anyMatch(each -> each.contains("-icount shift=3"))
        .anyMatch(each -> each.contains("-device no-such-thing,a=b"))
        .anyMatch(each -> each.contains("-device virtio-rng-pci: x-odd=1"))
        .anyMatch(each -> each.contains("-netdev l2tpv3,id=n"))
        .anyMatch(each -> each.contains("-nosuch"))
        .hasSize(6);
  }

  @Test
  void namesABackEndThatNobodyUses() {
    assertThat(told("-nodefaults -chardev null,id=alone", Unknown.REFUSED))
        .containsExactly("-chardev null,id=alone is not known to this driver.");
  }

  @Test
  void passesOnWhatItDoesNotKnowWhenItIsTold() {
    NativeDefinition read =
        NativeDefinition.read(
            "MARK=1 " + QEMU + "-nodefaults -icount shift=3 -device virtio-rng-pci,x-odd=1",
            Unknown.PASSED_ON);

    assertThat(read.passedOn())
        .containsExactly("-icount shift=3", "-device virtio-rng-pci: x-odd=1", "MARK=1");
    assertThat(argv(read))
        .containsSequence("-icount", "shift=3", "-sandbox")
        .anyMatch(word -> word.contains("virtio-rng-pci") && word.contains("\"x-odd\":1"));
    assertThat(DomainXml.write(read.definition())).contains("<qemu:env name='MARK' value='1'/>");
  }

  @Test
  void saysWhatTheLineOnlyPointsAt() {
    assertThat(told("-nodefaults -hda nbd:localhost:10809", Unknown.PASSED_ON)).hasSize(1);
    assertThat(told("-nodefaults -spice port=5900", Unknown.PASSED_ON))
        .allMatch(each -> each.contains("disable-ticketing"));
    assertThat(told("-nodefaults -vnc :0,password=on", Unknown.PASSED_ON))
        .allMatch(each -> each.contains("password=on"));
    assertThat(told("-nodefaults -cpu qemu64,level=13", Unknown.PASSED_ON))
        .allMatch(each -> each.contains("level=13"));
  }

  @Test
  void cannotPassOnHalfAnOption() {
    assertThat(told("-nodefaults -rtc base=utc,odd=1", Unknown.PASSED_ON))
        .containsExactly("-rtc: odd=1 cannot be passed on by itself.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'unbalanced",
        "\"unbalanced",
        "-name \\",
        "-name $(reboot)",
        "-name `reboot`",
        "-name a; reboot",
        "-name a | cat",
        "-name \"$HOME\"",
        "-name a > /etc/passwd",
        "-m 99999999999999999999",
        "-m many",
        "-smp 4x",
        "-smp 99999999999999999999",
        "-device virtio-blk-pci,id=virtio-disk99999999999",
        "-device e1000,bus=pci.0,addr=zz",
        "-blockdev '{\"driver\":'"
      })
  void refusesWhatIsNoCommandLine(String options) {
    assertThatThrownBy(() -> NativeDefinition.read(QEMU + options, Unknown.PASSED_ON))
        .isInstanceOf(ProblemException.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(600));
  }

  @Test
  void refusesALineWithoutAnEmulator() {
    assertThatThrownBy(() -> NativeDefinition.read("-m 64", Unknown.REFUSED))
        .hasMessageContaining("has no emulator");
    assertThatThrownBy(() -> NativeDefinition.read("  ", Unknown.REFUSED))
        .hasMessageContaining("has no emulator");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 0x1b, 0xd800, 0xffff})
  void refusesCharactersThatNoDefinitionHas(int character) {
    String name = "a" + (char) character;

    assertThatThrownBy(() -> NativeDefinition.of(List.of("qemu", "-name", name), Unknown.PASSED_ON))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("U+%04X".formatted(character));
  }

  @Test
  void answersHugeLinesInShortTime() {
    List<String> lines =
        List.of(
            QEMU + "-device virtio-blk-pci ".repeat(9_000),
            QEMU + "-device usb-tablet ".repeat(9_999),
            QEMU + "-m ".repeat(19_990),
            QEMU + "x ".repeat(300_000),
            QEMU + "-append '" + "a,".repeat(200_000) + "'",
            QEMU + "-device e1000," + "a=b,".repeat(60_000),
            QEMU + "-blockdev '" + "{\"a\":".repeat(3_000) + "1" + "}".repeat(3_000) + "'",
            QEMU + "-smbios type=11" + ",value=a".repeat(30_000));

    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (String line : lines) {
            try {
              NativeDefinition.read(line, Unknown.REFUSED);
            } catch (ProblemException e) {
              assertThat(e.getMessage()).hasSizeLessThan(2_000);
            }
          }
        });
  }
}

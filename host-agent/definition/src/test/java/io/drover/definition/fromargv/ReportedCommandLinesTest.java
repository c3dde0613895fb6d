package io.drover.definition.fromargv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.NativeArgv;
import io.drover.definition.complete.emulator.EmulatorFacts;
import io.drover.definition.fromargv.NativeDefinition.Unknown;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids, sizes, aliases and buses of command lines are what they are to QEMU. */
class ReportedCommandLinesTest {
  private static final String QEMU = "/usr/bin/qemu-system-x86_64 -nodefaults ";

  private static String xml(String options) {
    return DomainXml.write(NativeDefinition.read(QEMU + options, Unknown.REFUSED).definition());
  }

  private static NativeDefinition passed(String options) {
    return NativeDefinition.read(QEMU + options, Unknown.PASSED_ON);
  }

  private static String argvOf(NativeDefinition read) {
    return String.join(" ", NativeArgv.of(read.definition(), EmulatorFacts.offline()));
  }

  private static String refusal(String options) {
    try {
      NativeDefinition.read(QEMU + options, Unknown.REFUSED);
    } catch (ProblemException e) {
      return e.getMessage()
          + e.problem().errors().stream()
              .map(Problem.Fault::detail)
              .collect(Collectors.joining("\n"));
    }
    throw new AssertionError("It is taken.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-device %s,netdev=n -netdev user,id=n | virtio-net | virtio-net-pci",
        "-device %s,netdev=n -netdev user,id=n | e1000-82540em | e1000",
        "-device %s,drive=d -drive if=none,id=d,file=/a.img | virtio-blk | virtio-blk-pci",
        "-device %s | virtio-keyboard | virtio-keyboard-pci",
        "-device %s | virtio-mouse | virtio-mouse-pci",
        "-device %s | virtio-tablet | virtio-tablet-pci",
        "-device %s,evdev=/dev/input/event1 | virtio-input-host | virtio-input-host-pci",
        "-device %s | virtio-gpu | virtio-gpu-pci",
        "-device %s | virtio-gpu-gl | virtio-gpu-gl-pci",
        "-device %s | virtio-balloon | virtio-balloon-pci",
        "-device %s,rng=r -object rng-random,id=r,filename=/dev/urandom | virtio-rng"
            + " | virtio-rng-pci",
        "-device %s,id=s | virtio-scsi | virtio-scsi-pci",
        "-device %s,id=s | lsi | lsi53c895a",
        "-device %s,id=s | virtio-serial | virtio-serial-pci",
        "-device %s,id=s | ahci | ich9-ahci",
        "-device %s,fsdev=f,mount_tag=t -fsdev local,id=f,path=/srv,security_model=none"
            + " | virtio-9p | virtio-9p-pci",
        "-machine q35 -device %s | virtio-iommu | virtio-iommu-pci",
        "-device %s | ac97 | AC97",
        "-device %s | es1370 | ES1370",
      })
  void anAliasIsTheDevice(String form, String alias, String name) {
    assertThat(xml(form.formatted(alias))).isEqualTo(xml(form.formatted(name)));
  }

  @ParameterizedTest
  @CsvSource({"disk-thread, 1", "iothread0, 1", "iothread7, 7", "io.0, 1", "a_b, 1"})
  void theIdOfAThreadIsANameOfTheHost(String id, int number) {
    String line =
        "-object iothread,id=%1$s -drive if=none,id=d,file=/a.img,format=raw"
            + " -device virtio-blk-pci,drive=d,iothread=%1$s";
    assertThat(xml(line.formatted(id)))
        .contains("<iothreads>1</iothreads>", "iothread='" + number + "'");
    assertThat(passed(line.formatted(id)).passedOn()).isEmpty();
    String scsi = "-object iothread,id=%1$s -device virtio-scsi-pci,id=s,iothread=%1$s";
    assertThat(xml(scsi.formatted(id))).contains("iothread='" + number + "'");
  }

  @Test
  void threadsOfAllKindsOfNamesHaveNumbersOfTheirOwn() {
    assertThat(xml("-object iothread,id=a -object iothread,id=iothread1 -object iothread,id=b"))
        .contains("<iothreads>3</iothreads>", "id='1'", "id='2'", "id='3'");
  }

  @Test
  void aThreadThatIsNotThereIsTold() {
    assertThat(
            refusal("-drive if=none,id=d,file=/a.img -device virtio-blk-pci,drive=d,iothread=none"))
        .contains("iothread=none");
  }

  @ParameterizedTest
  @CsvSource({
    "1M, 1048576",
    "1m, 1048576",
    "1048576, 1048576",
    "0x100000, 1048576",
    "1024K, 1048576",
    "0.5G, 536870912",
    "1G, 1073741824",
  })
  void sizesOfObjectsHaveLetters(String size, long bytes) {
    String memory =
        "-object memory-backend-file,id=hm,size=%s,share=on,mem-path=/dev/shm/x"
            + " -device ivshmem-plain,memdev=hm";
    assertThat(xml(memory.formatted(size))).contains("<size unit='B'>" + bytes + "</size>");
  }

  @ParameterizedTest
  @CsvSource({
    "-m 1.5G, 1572864",
    "-m 1.5g, 1572864",
    "-m 512, 524288",
    "-m 0.5G, 524288",
    "-m size=1.25T, 1342177280",
    "-m 1048576K, 1048576",
    "-m 0x200, 524288",
  })
  void memoryMayBeAFraction(String option, long kib) {
    assertThat(xml(option)).contains("<memory unit='KiB'>" + kib + "</memory>");
  }

  @Test
  void aMaximumWithoutALetterIsInBytes() {
    assertThat(xml("-m 512M,slots=2,maxmem=2147483648")).contains("unit='KiB'>2097152</maxMemory>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-m 1.5X | -m 1.5X",
        "-object memory-backend-ram,id=r,size=1Z -device pc-dimm,memdev=r"
            + " | -object memory-backend-ram,id=r,size=1Z",
        "-m 1G -numa node,mem=abc | -numa node,mem=abc",
        "-object memory-backend-ram,id=r,size=1.5 -device pc-dimm,memdev=r | size",
        "-device pcie-root-port,port=x | -device pcie-root-port,port=x",
      })
  void aNumberThatCannotBeReadNamesItsOption(String options, String told) {
    assertThatThrownBy(() -> NativeDefinition.read(QEMU + options, Unknown.PASSED_ON))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(told);
  }

  @Test
  void forwardedPortsArePassts() {
    String card = " -device virtio-net-pci,netdev=n";
    assertThat(xml("-netdev user,id=n,hostfwd=tcp::2222-:22,hostfwd=udp:127.0.0.1:53-:5353" + card))
        .contains(
            "<backend type='passt'/>",
            "<portForward proto='tcp'>",
            "<range start='2222' to='22'/>",
            "<portForward proto='udp' address='127.0.0.1'>",
            "<range start='53' to='5353'/>");
    assertThat(xml("-nic user,model=virtio,hostfwd=::80-:8080")).contains("proto='tcp'", "passt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hostfwd=tcp::2222-10.0.2.99:22",
        "hostfwd=tcp::0-:22",
        "restrict=on",
        "tftp=/srv,bootfile=a",
        "dhcpstart=10.0.2.40",
      })
  void aConnectionThatNoDefinitionHasIsHandedOnWithItsCard(String part) {
    String line =
        "-netdev user,id=n," + part + " -device virtio-net-pci,netdev=n,mac=52:54:00:1:2:3";
    assertThat(refusal(line)).contains(part);
    NativeDefinition read = passed(line);
    assertThat(String.join(" ", read.definition().qemu().arguments()))
        .contains("user,id=n," + part)
        .contains("virtio-net-pci,netdev=n,mac=52:54:00:1:2:3");
    assertThat(DomainXml.write(read.definition())).doesNotContain("<interface");
  }

  @Test
  void aForwardThatPasstHasNotIsToldWithIt() {
    assertThat(refusal("-netdev user,id=n,hostfwd=tcp::1-10.0.2.9:2 -device e1000,netdev=n"))
        .contains("<backend type='passt'/>");
  }

  @Test
  void aCardThatIsHandedOnBringsNoOther() {
    NativeDefinition read =
        NativeDefinition.read(
            "qemu-system-x86_64 -netdev user,id=n,restrict=on -device e1000,netdev=n",
            Unknown.PASSED_ON);
    assertThat(DomainXml.write(read.definition())).doesNotContain("<interface");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-device ich9-intel-hda -device hda-duplex",
        "-device ich9-intel-hda,id=snd -device hda-duplex",
        "-device ich9-intel-hda,id=snd -device hda-duplex,bus=snd.0",
        "-device ich9-intel-hda -device hda-duplex,bus=hda.0",
      })
  void aCodecWithoutABusIsOnTheFirstCard(String line) {
    NativeDefinition read = passed("-machine q35 " + line);
    assertThat(read.passedOn()).isEmpty();
    assertThat(argvOf(read)).containsOnlyOnce("hda-duplex");
  }

  @Test
  void aSecondSataControllerHasItsDisks() {
    String line =
        "-machine q35 -device ich9-ahci,id=sata -drive if=none,id=d,file=/a.img,format=raw"
            + " -device ide-hd,bus=sata.2,drive=d";
    assertThat(xml(line))
        .contains("<controller type='sata' index='1'")
        .contains("controller='1' bus='0' target='0' unit='2'");
    assertThat(passed(line).passedOn()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "q35, sata, ide.3, 0, 3",
    "q35, , ide.7, 1, 1",
    "q35, x, x.1, 1, 1",
    "pc, x, x.1, 0, 1",
    "pc, , ide.3, 0, 1",
    "q35, sata0, sata0.1, 1, 1",
  })
  void busesOfSataAreThoseOfTheirControllers(
      String machine, String id, String bus, int controller, int port) {
    String line =
        "-machine %s -device ich9-ahci%s -drive if=none,id=d,file=/a.img -device ide-hd,bus=%s,drive=d"
            .formatted(machine, id == null ? "" : ",id=" + id, bus);
    assertThat(xml(line))
        .contains(
            "bus='sata'",
            "controller='%d' bus='0' target='0' unit='%d'".formatted(controller, port));
  }

  @Test
  void noDeviceIsPutOnABusThatIsNotThere() {
    assertThat(
            refusal(
                "-machine q35 -drive if=none,id=d,file=/a.img -device ide-hd,bus=other.2,drive=d"))
        .contains("other.2");
    assertThat(
            refusal(
                "-device virtio-scsi-pci,id=s -drive if=none,id=d,file=/a.img"
                    + " -device scsi-hd,bus=t.0,scsi-id=1,lun=0,drive=d"))
        .contains("t.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-device sdhci-pci,id=c -drive if=none,id=d,file=/a.img -device ide-hd,bus=c.0,drive=d",
        "-device piix3-ide,id=c -drive if=none,id=d,file=/a.img -device ide-hd,bus=c.0,drive=d",
      })
  void whatIsOnAControllerThatIsHandedOnGoesWithIt(String line) {
    NativeDefinition read = passed(line);
    assertThat(DomainXml.write(read.definition())).doesNotContain("<disk");
    assertThat(String.join(" ", read.definition().qemu().arguments()))
        .contains("id=c", "bus=c.0", "id=d");
  }

  @Test
  void aDriveWithoutAMediumIsEmpty() {
    String drive = "-drive if=none,id=c,media=cdrom -device ";
    assertThat(xml("-machine pc " + drive + "ide-cd,bus=ide.1,unit=0,drive=c"))
        .contains("device='cdrom'", "bus='ide'")
        .doesNotContain("<source");
    assertThat(xml("-device virtio-scsi-pci " + drive + "scsi-cd,drive=c"))
        .contains("device='cdrom'", "bus='scsi'")
        .doesNotContain("<source");
  }

  @Test
  void theChipsetsWatchdogIsFound() {
    assertThat(xml("-machine q35 -global ICH9-LPC.noreboot=off -watchdog-action poweroff"))
        .contains("<watchdog model='itco' action='poweroff'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-drive file=out/disk.qcow2,format=qcow2,if=virtio | file='/home/a/out/disk.qcow2'",
        "-hda disk.img | file='/home/a/disk.img'",
        "-cdrom ../cd.iso | file='/home/cd.iso'",
        "-drive if=none,id=d,file=./d.img -device virtio-blk-pci,drive=d | file='/home/a/d.img'",
        "-kernel vmlinuz -initrd i/initrd | <kernel>/home/a/vmlinuz</kernel>",
        "-kernel vmlinuz -initrd i/initrd | <initrd>/home/a/i/initrd</initrd>",
        "-bios b.bin | /home/a/b.bin</loader>",
        "-drive if=pflash,file=CODE.fd,readonly=on | /home/a/CODE.fd</loader>",
        "-serial file:out.log | path='/home/a/out.log'",
        "-chardev socket,id=s,path=s.sock,server=on,wait=off -serial chardev:s"
            + " | path='/home/a/s.sock'",
        "-drive file=/srv/a.img,format=raw | file='/srv/a.img'",
        "-fw_cfg name=opt/a,file=b.txt | file='/home/a/b.txt'",
      })
  void relativePathsAreMeantFromWhereTheCommandRuns(String options, String found) {
    NativeDefinition read =
        NativeDefinition.read(QEMU + options, Unknown.REFUSED, Path.of("/home/a"));
    assertThat(DomainXml.write(read.definition())).contains(found);
  }

  @Test
  void namesThatAreNoPathsStayAsTheyAre() {
    NativeDefinition read =
        NativeDefinition.read(
            "qemu-system-x86_64 -nodefaults -netdev bridge,id=n,br=br7 -device e1000,netdev=n",
            Unknown.REFUSED,
            Path.of("/home/a"));
    assertThat(DomainXml.write(read.definition()))
        .contains("bridge='br7'", "<emulator>qemu-system-x86_64</emulator>");
  }
}

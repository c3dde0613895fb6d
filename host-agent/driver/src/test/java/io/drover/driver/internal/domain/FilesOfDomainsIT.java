package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ProblemException;
import io.drover.driver.Domain;
import io.drover.driver.DomainState;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that is not there or out of reach is named before QEMU is started, with the remedy. */
class FilesOfDomainsIT {
  private static final String USER = "nobody";
  private static final String CODE = "/usr/share/OVMF/OVMF_CODE_4M.fd";
  private static final String VARIABLES = "/usr/share/OVMF/OVMF_VARS_4M.fd";
  @TempDir private Path folder;
  private ImagesOfDisks images;
  private LocalDriver driver;
  private DriverLayout layout;

  @BeforeEach
  void open() throws IOException {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    images = ImagesOfDisks.in(folder);
    layout = DriverLayout.under(folder.resolve("r"));
    driver = TestDriver.open(layout, DriverOptions.defaults().withQemuUser(USER));
  }

  @AfterEach
  void close() {
    if (driver != null) {
      driver.close();
    }
  }

  @Test
  void anImageThatIsNotThereIsNamed() {
    Path image = folder.resolve("nothere.qcow2");
    refused(
        ImagesOfDisks.disk("qcow2", image, ""), "Disk 'vda'", image.toString(), "does not exist");
    Path deeper = folder.resolve("no/such/folder/a.img");
    refused(
        ImagesOfDisks.disk("raw", deeper, ""),
        "Disk 'vda'",
        deeper.toString(),
        "there is no '" + folder.resolve("no") + "'");
  }

  @Test
  void aLinkToNothingIsCalledOne() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("l.img"), folder.resolve("gone.img"));
    refused(ImagesOfDisks.disk("raw", link, ""), "Disk 'vda'", link.toString(), "is a link");
  }

  @Test
  void aBackingFileThatIsNotThereIsNamedWithItsImage() throws IOException {
    Path top = images.above(folder.resolve("gone.img"), "raw", "top.qcow2");
    refused(
        ImagesOfDisks.disk("qcow2", top, ""),
        "Disk 'vda'",
        top.toString(),
        folder.resolve("gone.img").toString(),
        "does not exist");
  }

  @Test
  void theFolderThatStopsQemusUserIsNamed() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Path image = new ImagesOfDisks(closed).image("qcow2", "a.qcow2");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    refused(
        ImagesOfDisks.disk("qcow2", image, ""),
        "Disk 'vda'",
        image.toString(),
        USER,
        "the folder '" + closed + "'",
        "chmod o+x");
    Path link = Files.createSymbolicLink(folder.resolve("link.qcow2"), image);
    refused(ImagesOfDisks.disk("qcow2", link, ""), USER, "the folder '" + closed + "'");
  }

  @Test
  void aFolderInPlaceOfAnImageIsNamed() throws IOException {
    Path some = Files.createDirectory(folder.resolve("some"));
    refused(ImagesOfDisks.disk("raw", some, ""), "Disk 'vda'", "is a folder", "type='dir'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<kernel>/no/vmlinuz</kernel> | <kernel> | /no/vmlinuz",
        "<kernel>/bin/sh</kernel><initrd>/no/initrd</initrd> | <initrd> | /no/initrd",
        "<loader readonly='yes' type='pflash'>/no/CODE.fd</loader> | <loader> | /no/CODE.fd",
        "<loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE_4M.fd</loader>"
            + "<nvram template='/no/VARS.fd'/> | template | /no/VARS.fd",
        "<loader type='pflash' readonly='yes'>/usr/share/OVMF/OVMF_CODE_4M.ms.fd</loader>"
            + "<nvram>/no/such/VARS.fd</nvram> | <nvram> | /no/such/VARS.fd",
      })
  void whatTheMachineBootsFromIsNamed(String os, String what, String path) {
    refused(ImagesOfDisks.domain(os, ""), what, "'" + path + "' does not exist");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<disk type='file' device='cdrom'><source file='/no/cd.iso'/><target dev='sda'"
            + " bus='sata'/></disk> | Disk 'sda' | /no/cd.iso",
        "<disk type='block' device='disk'><source dev='/dev/no'/><target dev='vda'/></disk>"
            + " | Disk 'vda' | /dev/no",
        "<serial type='file'><source path='/no/out.log'/></serial> | <serial> | /no/out.log",
        "<serial type='dev'><source path='/dev/no'/></serial> | <serial> | /dev/no",
        "<channel type='unix'><source mode='bind' path='/no/a.sock'/><target type='virtio'"
            + " name='a'/></channel> | <channel> | /no/a.sock",
        "<channel type='unix'><source mode='connect' path='/no/a.sock'/><target type='virtio'"
            + " name='a'/></channel> | <channel> | /no/a.sock",
        "<tpm model='tpm-tis'><backend type='passthrough'><device path='/dev/notpm'/></backend>"
            + "</tpm> | The TPM | /dev/notpm",
        "<rng model='virtio'><backend model='random'>/dev/no</backend></rng> | <rng> | /dev/no",
      })
  void whatADeviceOpensIsNamed(String device, String what, String path) {
    refused(ImagesOfDisks.domain("", device), what, path, "does not exist");
  }

  @Test
  void aSocketInAFolderThatIsNotQemusUsersIsNamed() {
    String path = folder.resolve("a.sock").toString();
    String device =
        "<channel type='unix'><source mode='bind' path='%s'/><target type='virtio' name='a'/>"
            + "</channel>";
    refused(ImagesOfDisks.domain("", device.formatted(path)), "<channel>", path, USER, "write");
  }

  @Test
  void aFileOfASerialPortIsMadeAndGiven() throws IOException {
    Path output = folder.resolve("out.log");
    String serial = "<serial type='file'><source path='%s'/></serial>".formatted(output);
    Domain domain = driver.start(ImagesOfDisks.domain("", serial), StartOptions.plain());
    assertThat(Files.getOwner(output).getName()).isEqualTo(USER);
    domain.destroy();
    assertThat(Files.getOwner(output).getName()).isEqualTo("root");
  }

  @Test
  void aMediumThatOnlyRootReadsIsGiven() throws IOException {
    Path medium = images.raw("cd.iso");
    String drive =
        "<disk type='file' device='cdrom'><source file='%s'/><target dev='sda' bus='sata'/></disk>";
    Domain domain =
        driver.start(ImagesOfDisks.domain("", drive.formatted(medium)), StartOptions.plain());
    assertThat(Files.getOwner(medium).getName()).isEqualTo(USER);
    domain.destroy();
    assertThat(Files.getOwner(medium).getName()).isEqualTo("root");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<loader readonly='yes' type='pflash'>" + CODE + "</loader>",
        "<loader readonly='yes' type='pflash'>"
            + CODE
            + "</loader><nvram template='"
            + VARIABLES
            + "'/>",
      })
  void theVariablesOfUefiAreCopiedOnceAndKept(String os) throws IOException {
    Assumptions.assumeTrue(Files.exists(Path.of(VARIABLES)), "needs the package ovmf");
    Domain domain = driver.start(ImagesOfDisks.domain(os, ""), StartOptions.plain());
    Path kept = layout.nvram(domain.id());
    assertThat(domain.status().state()).isEqualTo(DomainState.RUNNING);
    assertThat(Files.getOwner(kept).getName()).isEqualTo(USER);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .isEqualTo("rw-------");
    domain.destroy();
    assertThat(Files.getOwner(kept).getName()).isEqualTo("root");
    byte[] marked = Files.readAllBytes(kept);
    marked[marked.length - 1] = 42;
    Files.write(kept, marked);
    String again =
        ImagesOfDisks.domain(os, "").replace("</name>", "</name><uuid>" + domain.id() + "</uuid>");
    driver.start(again, StartOptions.plain()).destroy();
    assertThat(Files.readAllBytes(kept)).endsWith((byte) 42);
  }

  @Test
  void uefiThatIsChosenStarts() {
    Assumptions.assumeTrue(Files.exists(Path.of("/usr/share/OVMF/OVMF_VARS.fd")), "needs ovmf");
    String xml = ImagesOfDisks.domain("", "").replace("<os>", "<os firmware='efi'>");
    Domain domain = driver.start(xml, StartOptions.plain());
    assertThat(domain.status().state()).isEqualTo(DomainState.RUNNING);
    domain.destroy();
  }

  @Test
  void variablesOfANamedPathAreCopiedThere() throws IOException {
    Assumptions.assumeTrue(Files.exists(Path.of(VARIABLES)), "needs the package ovmf");
    Path named = folder.resolve("my_VARS.fd");
    String os =
        "<loader readonly='yes' type='pflash'>" + CODE + "</loader><nvram>" + named + "</nvram>";
    driver.start(ImagesOfDisks.domain(os, ""), StartOptions.plain()).destroy();
    assertThat(Files.size(named)).isEqualTo(Files.size(Path.of(VARIABLES)));
  }

  @Test
  void aFirmwareWithoutAKnownTemplateNeedsOne() throws IOException {
    Path code = folder.resolve("CODE.fd");
    Files.copy(Path.of(CODE), code);
    Files.setPosixFilePermissions(code, PosixFilePermissions.fromString("rw-r--r--"));
    String os = "<loader readonly='yes' type='pflash'>" + code + "</loader>";
    refused(ImagesOfDisks.domain(os, ""), "<nvram>", code.toString(), "template=");
  }

  private void refused(String xml, String... told) {
    assertThatThrownBy(() -> driver.start(xml, StartOptions.plain()))
        .isInstanceOf(ProblemException.class)
        .message()
        .contains(List.of(told))
        .doesNotContain("-blockdev", "monitor", "Connection reset");
    assertThat(driver.domains()).isEmpty();
  }
}

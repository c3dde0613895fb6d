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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** QEMU opens the images of a chain that is known to its end, and no other file of the host. */
class BackingChainIT {
  private static final String USER = "nobody";
  @TempDir private Path folder;
  private ImagesOfDisks images;
  private LocalDriver driver;

  @BeforeEach
  void open() throws IOException {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    images = ImagesOfDisks.in(folder);
    driver =
        TestDriver.open(
            DriverLayout.under(folder.resolve("r")), DriverOptions.defaults().withQemuUser(USER));
  }

  @AfterEach
  void close() {
    if (driver != null) {
      driver.close();
    }
  }

  @Test
  void anUnnamedFormatIsRefusedWhereTheFileLeadsToAnotherOne() throws IOException {
    Path secret = images.raw("secret.img");
    Path suspect = images.above(secret, "raw", "suspect.raw");
    Path top = images.aboveUnnamed(suspect, "top.qcow2");
    refused(ImagesOfDisks.disk("qcow2", top, ""), top, suspect, "qemu-img rebase -u -F");
    assertThat(owner(secret)).isEqualTo("root");
  }

  @Test
  void soItIsFurtherDownTheChain() throws IOException {
    Path suspect = images.above(images.raw("secret.img"), "raw", "suspect.raw");
    Path middle = images.aboveUnnamed(suspect, "middle.qcow2");
    Path top = images.above(middle, "qcow2", "top.qcow2");
    refused(ImagesOfDisks.disk("qcow2", top, ""), middle, suspect, "<backingStore>");
    String named =
        "<backingStore type='file'><format type='qcow2'/><source file='%s'/></backingStore>";
    refused(ImagesOfDisks.disk("qcow2", top, named.formatted(middle)), middle, suspect, "-F");
  }

  @Test
  void aDefinitionThatEndsTheChainOrNamesTheFormatIsObeyed() throws IOException {
    Path suspect = images.above(images.raw("secret.img"), "raw", "suspect.raw");
    Path top = images.aboveUnnamed(suspect, "top.qcow2");
    assertThat(argvOf(ImagesOfDisks.disk("qcow2", top, "<backingStore/>")))
        .contains("\"backing\":null")
        .doesNotContain("suspect.raw");
    String named =
        "<backingStore type='file'><format type='raw'/><source file='%s'/></backingStore>";
    assertThat(argvOf(ImagesOfDisks.disk("qcow2", top, named.formatted(suspect))))
        .contains("suspect.raw")
        .doesNotContain("secret.img");
  }

  @Test
  void anUnnamedFormatThatLeadsNowhereIsFoundAndTold() throws IOException {
    Path plain = images.aboveUnnamed(images.raw("plain.img"), "a.qcow2");
    assertThat(argvOf(ImagesOfDisks.disk("qcow2", plain, "")))
        .contains("\"driver\":\"raw\",\"file\":\"libvirt-2-storage\"");
    Path layered = images.aboveUnnamed(images.image("qcow2", "base.qcow2"), "b.qcow2");
    assertThat(argvOf(ImagesOfDisks.disk("qcow2", layered, ""))).contains("\"backing\":null");
  }

  @Test
  void dataInAnotherFileIsRefusedAtAnyDepth() throws IOException {
    Path data = folder.resolve("data.raw");
    Path image = images.image("qcow2", "d.qcow2", "-o", "data_file=" + data);
    refused(ImagesOfDisks.disk("qcow2", image, ""), image, image, "qemu-img convert");
    Path top = images.above(image, "qcow2", "top.qcow2");
    refused(ImagesOfDisks.disk("qcow2", top, ""), image, image, "qemu-img convert");
    refused(ImagesOfDisks.disk("qcow2", image, "<backingStore/>"), image, image, "another file");
  }

  @Test
  void allOfAChainIsGivenToQemusUserAndGivenBack() throws IOException {
    Path base = images.image("qcow2", "base.qcow2");
    Path middle = images.above(base, "qcow2", "middle.qcow2");
    Path top = images.above("middle.qcow2", "qcow2", "top.qcow2");
    String named =
        "<backingStore type='file'><format type='qcow2'/><source file='%s'/></backingStore>";
    for (String backing : List.of("", named.formatted(middle))) {
      Domain domain = driver.start(ImagesOfDisks.disk("qcow2", top, backing), StartOptions.plain());
      for (Path each : List.of(base, middle, top)) {
        assertThat(owner(each)).as(each.toString()).isEqualTo(USER);
      }
      domain.destroy();
      for (Path each : List.of(base, middle, top)) {
        assertThat(owner(each)).as(each.toString()).isEqualTo("root");
      }
    }
  }

  @Test
  void aBaseThatEverybodyMayReadKeepsItsOwner() throws IOException {
    Path base = images.image("qcow2", "base.qcow2");
    Files.setPosixFilePermissions(
        base, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
    Path top = images.above(base, "qcow2", "top.qcow2");
    Domain domain = driver.start(ImagesOfDisks.disk("qcow2", top, ""), StartOptions.plain());
    assertThat(owner(base)).isEqualTo("root");
    domain.destroy();
  }

  @Test
  void aBackingFileOfAServerOrInALoopIsRefused() throws IOException {
    Path served = images.above("nbd://127.0.0.1:1/x", "raw", "served.qcow2");
    refused(ImagesOfDisks.disk("qcow2", served, ""), served, served, "nbd://127.0.0.1:1/x");
    Path loop = images.above(folder.resolve("other.qcow2"), "qcow2", "loop.qcow2");
    images.above(loop, "qcow2", "other.qcow2");
    refused(ImagesOfDisks.disk("qcow2", loop, ""), loop, loop, "does not end");
  }

  @Test
  void anImageOfAnotherFormatThanIsSaidIsNamed() throws IOException {
    Path raw = images.raw("raw.img");
    refused(ImagesOfDisks.disk("qcow2", raw, ""), raw, raw, "no image of the format qcow2");
  }

  private void refused(String xml, Path image, Path other, String remedy) {
    assertThatThrownBy(() -> driver.start(xml, StartOptions.plain()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("Disk 'vda'")
        .hasMessageContaining(image.toString())
        .hasMessageContaining(other.toString())
        .hasMessageContaining(remedy);
    assertThat(owner(image)).isEqualTo("root");
  }

  private String argvOf(String xml) throws IOException {
    Domain domain = driver.start(xml, StartOptions.plain());
    try {
      assertThat(domain.status().state()).isEqualTo(DomainState.RUNNING);
      return Files.readString(Path.of("/proc/" + domain.pid() + "/cmdline"));
    } finally {
      domain.destroy();
    }
  }

  private static String owner(Path file) {
    try {
      return Files.getOwner(file).getName();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

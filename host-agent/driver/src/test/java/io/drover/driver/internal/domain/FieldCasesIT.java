package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.definition.corpus.FieldCases;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each of the inputs starts, or says why it does not. */
class FieldCasesIT {
  private static final String USER = "nobody";
  @TempDir private Path folder;
  private LocalDriver driver;

  @BeforeEach
  void open() throws IOException {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    ImagesOfDisks.in(folder);
    Path images = Files.createDirectory(folder.resolve("i"));
    ImagesOfDisks.in(images);
    Path script = folder.resolve("make-images.sh");
    Files.writeString(script, FieldCases.text("make-images.sh") + "\n");
    ImagesOfDisks.run(List.of("sh", script.toString(), images.toString()));
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

  @ParameterizedTest
  @CsvSource({
    "C07-name-newline.xml, /domain/name, line break",
    "C08-unnamed-format.xml, suspect.raw, qemu-img rebase -u -F",
    "C08-unnamed-format.xml, overlay.qcow2, <backingStore>",
    "C10-missing-file.xml, Disk 'vda', does not exist",
    "C10-missing-file.xml, nothere.qcow2, correct the path",
    "C11-closed-folder.xml, Disk 'vda', i/closed'",
    "C11-closed-folder.xml, nobody, closed/a.qcow2",
    "C12-usb-empty-cdrom.xml, must not be empty, bus='sata'",
    "C14-missing-template.xml, /usr/share/edk2/ovmf/OVMF_VARS.fd, does not exist",
  })
  void isRefusedBeforeQemuRuns(String name, String told, String remedy) throws IOException {
    String xml = FieldCases.text(name).replace("@DIR@", folder.resolve("i").toString());
    assertThatThrownBy(() -> driver.start(xml, StartOptions.plain()))
        .hasMessageContaining(told.trim())
        .hasMessageContaining(remedy.trim())
        .message()
        .doesNotContain("-blockdev", "The monitor cannot be read");
    assertThat(driver.domains()).isEmpty();
  }

  @Test
  void aChainOfRootsStartsAndIsGivenBack() throws IOException {
    String xml =
        FieldCases.text("C09-backing-owner.xml").replace("@DIR@", folder.resolve("i").toString());
    Domain domain = driver.start(xml, StartOptions.plain());
    assertThat(domain.status().state()).isEqualTo(DomainState.RUNNING);
    for (String each : List.of("base.qcow2", "child.qcow2")) {
      assertThat(Files.getOwner(folder.resolve("i").resolve(each)).getName()).isEqualTo(USER);
    }
    domain.destroy();
    for (String each : List.of("base.qcow2", "child.qcow2")) {
      assertThat(Files.getOwner(folder.resolve("i").resolve(each)).getName()).isEqualTo("root");
    }
  }
}

package io.drover.standalone.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the accounts of this machine, which root may change. */
class QemuAccountIT {
  @TempDir private Path folder;
  private Path data;

  @BeforeEach
  void asRoot() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root makes accounts");
    data = Files.createDirectory(folder.resolve("data"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void makesTheAccountOnceAndLetsItPassToTheData() throws Exception {
    open(folder);
    assertThat(QemuAccount.prepare(data, OperatorSettings.NONE)).contains(QemuAccount.NAME);
    assertThat(QemuAccount.prepare(data, OperatorSettings.NONE)).contains(QemuAccount.NAME);
    List<String> accounts =
        Files.readAllLines(Path.of("/etc/passwd")).stream()
            .filter(line -> line.startsWith(QemuAccount.NAME + ":"))
            .toList();
    assertThat(accounts).singleElement().asString().endsWith("/usr/sbin/nologin");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx-----x");
  }

  @Test
  void namesTheClosedFolderAndTheRemedy() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    assertThatThrownBy(() -> QemuAccount.prepare(data, OperatorSettings.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("chmod o+x " + folder.toRealPath())
        .hasMessageContaining("DROVER_DATA");
  }

  @Test
  void leavesTheChoiceOfTheOperatorAlone() throws Exception {
    OperatorSettings insisting =
        new OperatorSettings(Map.of("DROVER_QEMU_USER", "root"), List.of());
    assertThat(QemuAccount.prepare(data, insisting)).isEmpty();
  }

  private static void open(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
  }
}

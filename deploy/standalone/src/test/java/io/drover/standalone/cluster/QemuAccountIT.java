package io.drover.standalone.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the accounts of this machine, which root may change. */
class QemuAccountIT {
  @BeforeEach
  void asRoot() {
    assumeTrue(HostFolder.isRoot(), "only root makes accounts");
  }

  @Test
  void makesTheAccountOnce() throws Exception {
    assertThat(QemuAccount.prepare(OperatorSettings.NONE)).contains(QemuAccount.NAME);
    assertThat(QemuAccount.prepare(OperatorSettings.NONE)).contains(QemuAccount.NAME);
    List<String> accounts =
        Files.readAllLines(Path.of("/etc/passwd")).stream()
            .filter(line -> line.startsWith(QemuAccount.NAME + ":"))
            .toList();
    assertThat(accounts).singleElement().asString().endsWith("/usr/sbin/nologin");
  }

  @Test
  void leavesTheChoiceOfTheOperatorAlone() throws Exception {
    OperatorSettings insisting =
        new OperatorSettings(Map.of("DROVER_QEMU_USER", "root"), List.of());
    assertThat(QemuAccount.prepare(insisting)).isEmpty();
  }
}

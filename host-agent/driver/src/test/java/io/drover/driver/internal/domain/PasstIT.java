package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.driver.internal.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** passt stands between the host's ports and the guest for as long as its QEMU is there. */
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PasstIT {
  @TempDir Path folder;

  @BeforeEach
  void needsPasstAndRoot() {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Assumptions.assumeTrue(Programs.find("passt").isPresent(), "needs passt");
  }

  @Test
  void passtComesBeforeQemuOutlivesTheDriverAndGoesWithTheDomain()
      throws IOException, InterruptedException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    Map<String, String> seen = NamespacedProgram.run(PasstProgram.class, root());

    assertThat(seen.get("started")).isEqualTo("true");
    assertThat(seen.get("running")).matches("\\[\\d+]");
    assertThat(seen.get("without the driver")).isEqualTo(seen.get("running"));
    assertThat(seen.get("found again")).isEqualTo("RUNNING " + seen.get("running"));
    assertThat(seen.get("card")).contains("52:54:00:aa:bb:cc");
    assertThat(seen.get("forwarded")).isEqualTo("true true false");
    assertThat(seen.get("log"))
        .contains("accepted connection from PID", "assign: 192.0.2.15", "host: fe:54:00:aa:bb:cc");
    assertThat(seen.get("port in use"))
        .contains("passt ended at once, which 'net0' needs", "127.0.0.1%lo/18080");
    assertThat(seen.get("after the refusal")).isEqualTo(seen.get("running"));
    assertThat(seen.get("destroyed")).isEqualTo("[]");
    assertThat(seen.get("as nobody")).containsPattern("Uid:\\s+65534\\s+65534\\s+65534");
    assertThat(seen.get("its log")).startsWith("nobody").contains("accepted connection from PID");
    assertThat(seen.get("ended")).isEqualTo("true []");
    assertThat(seen.get("given back")).isEqualTo("root");
  }

  @Test
  void aServerInTheGuestAnswersThroughAForwardedPort() throws IOException, InterruptedException {
    Path guest = Path.of(System.getProperty("project.root"), "data", "testguest");
    Assumptions.assumeTrue(
        Files.exists(guest.resolve("cmdline")), "needs what deploy/testguest/build makes");

    Map<String, String> seen =
        NamespacedProgram.run(
            PasstProgram.class,
            root(),
            guest.resolve("vmlinuz").toString(),
            guest.resolve("initrd").toString(),
            Files.readString(guest.resolve("cmdline")).strip());

    assertThat(seen.get("address")).contains("address=192.0.2.15/24");
    assertThat(seen.get("answer")).startsWith("HTTP/1.").endsWith("from-the-guest");
  }

  private String root() {
    return folder.resolve("r").toString();
  }
}

package io.drover.standalone.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestGuestIT {
  private static final Path ROOT = Path.of(System.getProperty("project.root", "../.."));
  private static final Path BUILT = ROOT.resolve("data/testguest");

  @TempDir Path folder;

  @BeforeAll
  static void build() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/apt-get")), "needs Debian");
    Path log = Files.createTempFile("testguest", ".log");
    Process build =
        new ProcessBuilder(ROOT.resolve("deploy/testguest/build").toString(), BUILT.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(build.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(build.exitValue()).as(Files.readString(log)).isZero();
    Files.delete(log);
  }

  @Test
  void theDiskBootsKeepsWhatIsWrittenAnswersAndPowersOff() throws Exception {
    Path disk = Files.copy(BUILT.resolve("drover-guest.qcow2"), folder.resolve("disk.qcow2"));
    List<String> machine = List.of("-machine", "pc", "-drive", "if=virtio,file=" + disk);
    try (BootedGuest guest = new BootedGuest(folder, machine)) {
      comesUpAndPowersOff(guest);
      assertThat(guest.console()).contains("DROVER-GUEST-DISK device=/dev/vda boots=1");
    }
    Files.delete(folder.resolve("console"));
    try (BootedGuest again = new BootedGuest(folder, machine)) {
      assertThat(again.awaitOnConsole("boots=2")).contains("DROVER-GUEST-DISK");
    }
  }

  @Test
  void theKernelFormBootsAnswersAndPowersOff() throws Exception {
    List<String> machine =
        List.of(
            "-machine",
            "q35",
            "-kernel",
            BUILT.resolve("vmlinuz").toString(),
            "-initrd",
            BUILT.resolve("initrd").toString(),
            "-append",
            Files.readString(BUILT.resolve("cmdline")).strip());
    try (BootedGuest guest = new BootedGuest(folder, machine)) {
      comesUpAndPowersOff(guest);
    }
  }

  private static void comesUpAndPowersOff(BootedGuest guest) throws Exception {
    assertThat(guest.awaitOnConsole("uptime=")).contains("DROVER-GUEST-READY");
    assertThat(guest.awaitOnConsole("address=10.0.2.15/24")).contains("DROVER-GUEST-ADDRESS");
    assertThat(guest.askAgent("{\"execute\":\"guest-ping\"}")).contains("\"return\"");
    assertThat(guest.powerOff()).isZero();
    assertThat(guest.console()).contains("DROVER-GUEST-POWEROFF");
  }
}

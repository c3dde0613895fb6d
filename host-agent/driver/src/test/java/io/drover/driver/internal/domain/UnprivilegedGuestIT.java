package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ProblemException;
import io.drover.driver.Domain;
import io.drover.driver.DomainState;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.ImageFormat;
import io.drover.driver.NewVolume;
import io.drover.driver.QemuDriver;
import io.drover.driver.StartOptions;
import io.drover.driver.internal.storage.QemuImgVolumes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Root runs its guests as another user, and gets the files back. */
class UnprivilegedGuestIT {
  private static final String USER = "nobody";

  @Test
  void qemuHasNoPrivilegesAndOwnsItsFilesWhileItRuns(@TempDir Path folder) throws IOException {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    Path disk = folder.resolve("disk.img");
    new QemuImgVolumes(Duration.ofSeconds(60))
        .create(new NewVolume(disk, ImageFormat.RAW, 1 << 20, Optional.empty()), Optional.empty());
    try (LocalDriver driver =
        TestDriver.open(
            DriverLayout.under(folder.resolve("r")), DriverOptions.defaults().withQemuUser(USER))) {
      Domain domain = driver.start(xml(disk), StartOptions.plain());
      try {
        String status = Files.readString(Path.of("/proc/" + domain.pid() + "/status"));
        assertThat(status)
            .containsPattern("Uid:\\s+65534\\s")
            .containsPattern("CapEff:\\s+0+\\n")
            .containsPattern("CapBnd:\\s+0+\\n")
            .containsPattern("NoNewPrivs:\\s+1");
        assertThat(Files.getOwner(disk).getName()).isEqualTo(USER);
        assertThat(Files.getOwner(domain.consoleLog().orElseThrow()).getName()).isEqualTo(USER);
      } finally {
        domain.destroy();
      }
      assertThat(Files.getOwner(disk).getName()).isEqualTo("root");
    }
  }

  @Test
  void aDriverOfRootWithoutAUserForQemuIsNotOpened(@TempDir Path folder) {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    URI uri = URI.create("qemu:///embed?root=" + folder.resolve("r"));
    assertThatThrownBy(() -> QemuDriver.open(uri, DriverOptions.defaults()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("qemuAsRoot(true)");
    assertThat(folder.resolve("r")).doesNotExist();
    QemuDriver.open(uri, DriverOptions.defaults().withQemuUser("root")).close();
  }

  @Test
  void twoOnOneImageWriteToOverlaysThatAreTheirs(@TempDir Path folder) throws IOException {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    Path disk = folder.resolve("disk.img");
    new QemuImgVolumes(Duration.ofSeconds(60))
        .create(new NewVolume(disk, ImageFormat.RAW, 1 << 20, Optional.empty()), Optional.empty());
    String shared = xml(disk).replace("</disk>", "<transient shareBacking='yes'/></disk>");
    try (LocalDriver driver =
        TestDriver.open(
            DriverLayout.under(folder.resolve("r")), DriverOptions.defaults().withQemuUser(USER))) {
      Domain first = driver.start(shared, StartOptions.plain());
      Domain second =
          driver.start(shared.replace("<name>plain", "<name>other"), StartOptions.plain());
      for (String name : List.of("plain", "other")) {
        Path overlay = folder.resolve("disk.img.TRANSIENT-" + name);
        assertThat(Files.getOwner(overlay).getName()).isEqualTo(USER);
      }
      first.destroy();
      assertThat(second.status().state()).isEqualTo(DomainState.RUNNING);
      second.destroy();
    }
    assertThat(Files.getOwner(disk).getName()).isEqualTo("root");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.filter(file -> file.toString().contains("TRANSIENT"))).isEmpty();
    }
  }

  @Test
  void aTreeThatWasRootsOnlyIsOpenedForQemusUserToPass(@TempDir Path folder) throws IOException {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    Path disk = folder.resolve("disk.img");
    new QemuImgVolumes(Duration.ofSeconds(60))
        .create(new NewVolume(disk, ImageFormat.RAW, 1 << 20, Optional.empty()), Optional.empty());
    DriverLayout layout = DriverLayout.under(folder.resolve("r"));
    TestDriver.open(layout, DriverOptions.defaults()).close();
    assertThat(rights(layout.state())).isEqualTo("rwx------");
    try (LocalDriver driver =
        TestDriver.open(layout, DriverOptions.defaults().withQemuUser(USER))) {
      Domain domain = driver.start(xml(disk), StartOptions.plain());
      assertThat(domain.status().state()).isEqualTo(DomainState.RUNNING);
      domain.destroy();
    }
    assertThat(rights(layout.state())).isEqualTo("rwx--x--x");
    assertThat(rights(layout.state().getParent())).isEqualTo("rwx--x--x");
  }

  @Test
  void filesOfAGuestThatEndedUnwatchedAreGivenBackByTheNextDriver(@TempDir Path folder)
      throws Exception {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    Path disk = folder.resolve("disk.img");
    new QemuImgVolumes(Duration.ofSeconds(60))
        .create(new NewVolume(disk, ImageFormat.RAW, 1 << 20, Optional.empty()), Optional.empty());
    DriverLayout layout = DriverLayout.under(folder.resolve("r"));
    DriverOptions options = DriverOptions.defaults().withQemuUser(USER);
    try (LocalDriver driver = TestDriver.open(layout, options)) {
      Domain domain = driver.start(xml(disk), StartOptions.plain());
      othersReadNothing(layout.state().getParent().getParent());
      long pid = domain.pid();
      driver.close();
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      ProcessHandle.of(pid).ifPresent(qemu -> qemu.onExit().join());
    }
    assertThat(Files.getOwner(disk).getName()).isEqualTo(USER);
    TestDriver.open(layout, options).close();
    assertThat(Files.getOwner(disk).getName()).isEqualTo("root");
  }

  private static void othersReadNothing(Path root) throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path each : (Iterable<Path>) tree.filter(Files::isRegularFile)::iterator) {
        assertThat(rights(each)).as(each.toString()).endsWith("------");
      }
    }
  }

  private static String rights(Path folder) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
  }

  private static String xml(Path disk) {
    return """
        <domain type='qemu'>
          <name>plain</name>
          <memory unit='MiB'>32</memory>
          <vcpu>1</vcpu>
          <os><type arch='x86_64' machine='q35'>hvm</type></os>
          <devices>
            <disk type='file' device='disk'>
              <driver name='qemu' type='raw'/>
              <source file='%s'/>
              <target dev='vda' bus='virtio'/>
            </disk>
            <serial type='pty'/>
          </devices>
        </domain>
        """
        .formatted(disk);
  }
}

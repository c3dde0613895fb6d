package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.driver.Domain;
import io.drover.driver.DomainState;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import io.drover.driver.internal.process.Programs;
import io.drover.driver.internal.sidecar.BackendDescriptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon of root's and a process of QEMU's user beside one unprivileged QEMU. */
class SidecarsOfTwoUsersIT {
  private static final String USER = "nobody";
  @TempDir Path folder;

  @BeforeEach
  void needsBoth() throws IOException {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Assumptions.assumeTrue(
        BackendDescriptors.ofHost().program("fs").isPresent(), "needs a virtiofs daemon");
    Assumptions.assumeTrue(Programs.find("passt").isPresent(), "needs passt");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    Files.createDirectory(folder.resolve("shared"));
  }

  @Test
  void qemuIsConnectedToBothAndNothingIsLeft() throws IOException {
    DriverLayout layout = DriverLayout.under(folder.resolve("r"));
    try (LocalDriver driver =
        TestDriver.open(layout, DriverOptions.defaults().withQemuUser(USER))) {
      Domain domain = driver.start(xml(), StartOptions.plain());
      assertThat(domain.status().state()).isEqualTo(DomainState.RUNNING);
      assertThat(domain.qmp("query-chardev", "{}"))
          .contains("chr-vu-fs0")
          .doesNotContain("disconnected:unix:" + folder);
      Path own = layout.state().resolve(((LocalDomain) domain).folder());
      for (Path each : new Path[] {own, own.resolve("fs0.sock"), own.resolve("passt0.sock")}) {
        assertThat(Files.getOwner(each).getName()).as(each.toString()).isEqualTo(USER);
      }
      domain.destroy();
      try (Stream<Path> left = Files.list(layout.state())) {
        assertThat(left).containsExactly(layout.state().resolve("driver.pid"));
      }
    }
  }

  private String xml() {
    return """
        <domain type='qemu'>
          <name>both</name>
          <memory unit='MiB'>32</memory>
          <memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>
          <os><type arch='x86_64' machine='q35'>hvm</type></os>
          <devices>
            <filesystem type='mount'>
              <driver type='virtiofs'/>
              <source dir='%s'/><target dir='files'/>
            </filesystem>
            <interface type='user'>
              <model type='virtio'/>
              <backend type='passt'/>
            </interface>
          </devices>
        </domain>
        """
        .formatted(folder.resolve("shared"));
  }
}

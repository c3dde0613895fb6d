package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.driver.internal.process.Programs;
import io.drover.driver.internal.sidecar.BackendDescriptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The driver is killed right before and right after every change of the journal that a start and an
 * end make, of a domain that has every kind of resource; the next driver leaves nothing of it.
 */
class KilledAtEveryWriteIT {
  /** Intent, process, running, ending, removal; before and after each. */
  private static final int FEWEST_POINTS = 10;

  private static final String BRIDGED =
      "<interface type='bridge'><source bridge='br-guests'/><model type='virtio'/></interface>";

  @TempDir Path folder;

  @BeforeEach
  void needsEverything() throws IOException {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Assumptions.assumeTrue(
        BackendDescriptors.ofHost().program("fs").isPresent(), "needs a virtiofs daemon");
    for (String program : new String[] {"passt", "swtpm", "swtpm_setup"}) {
      Assumptions.assumeTrue(Programs.find(program).isPresent(), "needs " + program);
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    Files.createDirectory(folder.resolve("shared"));
    Files.write(folder.resolve("disk.img"), new byte[1024 * 1024]);
    Files.write(folder.resolve("base.img"), new byte[1024 * 1024]);
  }

  /** Another user than root may not open taps everywhere; only one has files to be given. */
  @ParameterizedTest
  @ValueSource(strings = {"nobody", "root"})
  void nothingIsLeft(String user) throws Exception {
    Files.writeString(folder.resolve("domain.xml"), xml(user.equals("root") ? BRIDGED : ""));
    Map<String, String> seen =
        NamespacedProgram.run(KilledAtEveryWriteProgram.class, folder.toString(), user);
    int points = Integer.parseInt(seen.get("points"));
    assertThat(points).isGreaterThanOrEqualTo(FEWEST_POINTS);
    for (int point = 1; point <= points + 1; point++) {
      assertThat(seen.get("found " + point)).as("domains found after point " + point).isEmpty();
      assertThat(seen.get("unknown " + point)).as("QEMUs unknown after point " + point).isEmpty();
      assertThat(seen.get("left " + point)).as("left after point " + point).isEmpty();
    }
  }

  private String xml(String card) {
    return """
        <domain type='qemu'>
          <name>everything</name>
          <uuid>0b3e9a53-6f5e-4f83-8e5b-2d5f8e8a4c11</uuid>
          <memory unit='MiB'>32</memory>
          <memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>
          <os><type arch='x86_64' machine='q35'>hvm</type></os>
          <devices>
            <disk type='file' device='disk'>
              <driver name='qemu' type='raw'/>
              <source file='%1$s/disk.img'/><target dev='vda' bus='virtio'/>
            </disk>
            <disk type='file' device='disk'>
              <driver name='qemu' type='raw'/>
              <source file='%1$s/base.img'/><target dev='vdb' bus='virtio'/><transient/>
            </disk>
            <filesystem type='mount'>
              <driver type='virtiofs'/>
              <source dir='%1$s/shared'/><target dir='files'/>
            </filesystem>
            <interface type='user'>
              <model type='virtio'/>
              <backend type='passt'/>
            </interface>
            %2$s
            <tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>
            <graphics type='vnc' autoport='yes'/>
          </devices>
        </domain>
        """
        .formatted(folder, card);
  }
}

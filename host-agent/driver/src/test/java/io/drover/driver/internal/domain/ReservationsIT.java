package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.driver.Domain;
import io.drover.driver.DomainState;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import io.drover.driver.TestJvm;
import io.drover.driver.internal.process.ToolProcess;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The helper for SCSI reservations comes before QEMU, is one for a domain, outlives the driver and
 * goes with its domain. The disk is a loop device: QEMU takes it for a LUN and is connected to the
 * helper, but no such device knows reservations, so none is made.
 */
class ReservationsIT {
  private static final Path HELPER = Path.of("/usr/bin/qemu-pr-helper");
  private static final long DISK_BYTES = 1 << 20;
  @TempDir Path folder;
  private String device = "";

  @BeforeEach
  void needsALoopDevice() throws IOException {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Assumptions.assumeTrue(Files.isExecutable(HELPER), "needs qemu-pr-helper");
    try (LocalDriver driver = open()) {
      boolean passes =
          driver.capabilities().emulatorFor("x86_64").orElseThrow().has("virtio-blk-pci.scsi");
      Assumptions.assumeTrue(passes, "needs a QEMU that passes SCSI commands through virtio-blk");
    }
    Path image = folder.resolve("disk");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(DISK_BYTES);
    }
    ToolProcess.Result made = losetup("--find", "--show", image.toString());
    Assumptions.assumeTrue(made.exitStatus() == 0, "needs loop devices: " + made.output());
    device = made.output().strip();
  }

  @AfterEach
  void detach() {
    if (!device.isEmpty()) {
      losetup("--detach", device);
    }
  }

  @Test
  void qemuIsConnectedToTheHelperAndBothGoTogether() {
    try (LocalDriver driver = open()) {
      Domain domain = driver.start(xml(), StartOptions.plain());

      assertThat(domain.status().state()).isEqualTo(DomainState.RUNNING);
      assertThat(helpers()).hasSize(1);
      assertThat(domain.qmp("query-pr-managers", "{}"))
          .contains("\"id\":\"pr-helper0\"")
          .contains("\"connected\":true");
      assertThat(domain.qmp("query-named-block-nodes", "{}")).contains(device);

      domain.destroy();

      assertThat(helpers()).isEmpty();
    }
  }

  @Test
  void theHelperOutlivesAKilledDriverAndIsEndedByTheNext() throws Exception {
    Path definition = Files.writeString(folder.resolve("domain.xml"), xml());
    Process program =
        new ProcessBuilder(
                TestJvm.command(
                    DefinitionProgram.class, folder.resolve("r").toString(), definition.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Long> before;
    try {
      assertThat(program.inputReader().lines().anyMatch(line -> line.startsWith("started")))
          .isTrue();
      before = helpers();
    } finally {
      program.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    try (LocalDriver driver = open()) {
      assertThat(helpers()).hasSize(1).isEqualTo(before);

      driver.domains().get(0).destroy();

      assertThat(helpers()).isEmpty();
    }
  }

  private LocalDriver open() {
    return TestDriver.open(DriverLayout.under(folder.resolve("r")), DriverOptions.defaults());
  }

  private List<Long> helpers() {
    return ProcessHandle.allProcesses()
        .filter(each -> each.info().commandLine().orElse("").contains("--socket=" + folder))
        .map(ProcessHandle::pid)
        .sorted()
        .toList();
  }

  private static ToolProcess.Result losetup(String... arguments) {
    List<String> command = new java.util.ArrayList<>(List.of("losetup"));
    command.addAll(List.of(arguments));
    return ToolProcess.run(command, new byte[0], Duration.ofSeconds(20));
  }

  /** virtio, for scsi-block would not take a device that knows no SCSI. */
  private String xml() {
    return """
        <domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
          <name>reserving</name>
          <memory unit='MiB'>32</memory>
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
          <devices>
            <disk type='block' device='lun'>
              <source dev='%s'><reservations managed='yes'/></source>
              <target dev='vda' bus='virtio'/>
            </disk>
          </devices>
          <qemu:commandline>
            <qemu:arg value='-global'/><qemu:arg value='virtio-blk-pci.disable-modern=on'/>
          </qemu:commandline>
        </domain>
        """
        .formatted(device);
  }
}

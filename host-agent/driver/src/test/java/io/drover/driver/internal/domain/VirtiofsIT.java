package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ProblemException;
import io.drover.driver.Domain;
import io.drover.driver.DomainState;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import io.drover.driver.TestJvm;
import io.drover.driver.internal.sidecar.BackendDescriptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Virtiofs daemons come before QEMU, outlive the driver, and go with their domain. */
class VirtiofsIT {
  @TempDir Path folder;
  private Path shared;

  @BeforeEach
  void needsADaemon() throws IOException {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Assumptions.assumeTrue(
        BackendDescriptors.ofHost().program("fs").isPresent(), "needs a virtiofs daemon");
    shared = Files.createDirectory(folder.resolve("shared"));
  }

  @Test
  void qemuAgreesWithTheDaemonAndBothGoTogether() {
    try (LocalDriver driver = open()) {
      Domain domain = driver.start(xml("", ""), StartOptions.plain());

      assertThat(domain.status().state()).isEqualTo(DomainState.RUNNING);
      assertThat(daemons()).isNotEmpty();
      assertThat(domain.qmp("query-chardev", "{}"))
          .contains("chr-vu-fs0")
          .contains("\"filename\":\"unix:")
          .doesNotContain("disconnected:unix:" + folder);
      assertThat(
              domain.qmp("qom-get", "{\"path\":\"/machine/peripheral/fs0\",\"property\":\"tag\"}"))
          .contains("files");
      assertThat(
              domain.qmp(
                  "x-query-virtio-status", "{\"path\":\"/machine/peripheral/fs0/virtio-backend\"}"))
          .contains("VHOST_USER_F_PROTOCOL_FEATURES");

      domain.destroy();

      assertThat(daemons()).isEmpty();
    }
  }

  @Test
  void aDaemonOutlivesTheDriverAndIsEndedByTheNext() throws Exception {
    Path definition = Files.writeString(folder.resolve("domain.xml"), xml("", ""));
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
      before = daemons();
    } finally {
      program.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    try (LocalDriver driver = open()) {
      assertThat(daemons()).isNotEmpty().isEqualTo(before);
      assertThat(driver.domains()).hasSize(1);
      Domain domain = driver.domains().get(0);
      assertThat(domain.status().state()).isEqualTo(DomainState.RUNNING);

      domain.destroy();

      assertThat(daemons()).isEmpty();
    }
  }

  @Test
  void aDaemonThatEndsAtOnceFailsTheStartWithItsWords() {
    try (LocalDriver driver = open()) {
      assertThatThrownBy(
              () -> driver.start(xml("<binary path='/usr/bin/ls'/>", ""), StartOptions.plain()))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("/usr/bin/ls ended at once")
          .hasMessageContaining("fs0")
          .hasMessageContaining("socket-path");
      assertThat(driver.domains()).isEmpty();
    }
  }

  @Test
  void aQemuThatDoesNotStartLeavesNoDaemonBehind() {
    try (LocalDriver driver = open()) {
      assertThatThrownBy(
              () ->
                  driver.start(
                      xml("", "<qemu:commandline><qemu:arg value='-bogus'/></qemu:commandline>"),
                      StartOptions.plain()))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("bogus");
      assertThat(daemons()).isEmpty();
      assertThat(driver.domains()).isEmpty();
    }
  }

  private LocalDriver open() {
    return TestDriver.open(DriverLayout.under(folder.resolve("r")), DriverOptions.defaults());
  }

  private List<Long> daemons() {
    String argument = "--socket-path=" + folder;
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(argument))
        .map(ProcessHandle::pid)
        .sorted()
        .toList();
  }

  private String xml(String binary, String more) {
    return """
        <domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
          <name>shares</name>
          <memory unit='MiB'>32</memory>
          <memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>
          <os><type arch='x86_64' machine='q35'>hvm</type></os>
          <devices>
            <filesystem type='mount'>
              <driver type='virtiofs'/>%s
              <source dir='%s'/><target dir='files'/>
            </filesystem>
          </devices>
          %s
        </domain>
        """
        .formatted(binary, shared, more);
  }
}

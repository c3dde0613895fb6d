package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.id.DomainId;
import io.drover.driver.Domain;
import io.drover.driver.DomainState;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverListener;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import io.drover.driver.StateReason;
import io.drover.driver.TestJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program dies in the middle of a start; the next one makes an end of it or takes it over. */
class InterruptedStartIT {
  @TempDir Path root;
  private final DomainId id = BareGuest.newId();

  @AfterEach
  void endGuests() {
    qemus().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }

  @ParameterizedTest
  @ValueSource(strings = {"spawn-qemu", "connect-qmp"})
  void aQemuThatNeverRanItsGuestIsEndedAndTheDomainCanBeStarted(String step) throws Exception {
    dieAfter(step);
    assertThat(qemus()).hasSize(1);
    long orphan = qemus().get(0);

    try (LocalDriver driver = open()) {
      assertThat(driver.domains()).isEmpty();
      assertThat(driver.unknownQemus()).isEmpty();
      assertThat(qemus()).isEmpty();
      assertThat(root.resolve("run/qemu").toFile().list()).containsExactly("driver.pid");
      BlockingQueue<DriverListener.DomainChange> heard = new LinkedBlockingQueue<>();
      driver.listen(
          new DriverListener() {
            @Override
            public void domainChanged(DomainChange change) {
              heard.add(change);
            }
          });
      assertThat(heard.poll(30, TimeUnit.SECONDS).domain().id()).isEqualTo(id);

      Domain again =
          driver.start(id, StartOptions.plain(), BareGuest.plan(id, driver.layout().log()));
      assertThat(again.pid()).isNotEqualTo(orphan);
      again.destroy();
    }
  }

  @Test
  void aStartThatDiedBeforeItsQemuWasThereHasFailed() throws Exception {
    dieAfter("spawn-qemu");
    ProcessHandle qemu = ProcessHandle.of(qemus().get(0)).orElseThrow();
    qemu.destroyForcibly();
    qemu.onExit().get(30, TimeUnit.SECONDS);

    try (LocalDriver driver = open()) {
      BlockingQueue<DriverListener.DomainChange> heard = new LinkedBlockingQueue<>();
      driver.listen(
          new DriverListener() {
            @Override
            public void domainChanged(DomainChange change) {
              heard.add(change);
            }
          });
      assertThat(heard.poll(30, TimeUnit.SECONDS).after().reason())
          .isEqualTo(StateReason.SHUTOFF_FAILED);
    }
  }

  @Test
  void aGuestThatRunsAlreadyGoesOnAndItsMasterKeyIsRemoved() throws Exception {
    dieAfter("start-cpus");
    long pid = qemus().get(0);
    assertThat(masterKeys()).isNotEmpty();

    try (LocalDriver driver = open()) {
      Domain domain = driver.find(id).orElseThrow();
      assertThat(domain.pid()).isEqualTo(pid);
      assertThat(domain.status().state()).isEqualTo(DomainState.RUNNING);
      assertThat(masterKeys()).isEmpty();
      domain.destroy();
    }
  }

  private LocalDriver open() {
    return TestDriver.open(DriverLayout.under(root), DriverOptions.defaults());
  }

  private void dieAfter(String step) throws Exception {
    Process program =
        new ProcessBuilder(
                TestJvm.command(EmbeddingProgram.class, root.toString(), id.toString(), step))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(program.exitValue()).isEqualTo(137);
  }

  private List<Path> masterKeys() throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve("run"))) {
      return files.filter(file -> file.endsWith("master-key.aes")).toList();
    }
  }

  private List<Long> qemus() {
    return ProcessHandle.allProcesses().map(ProcessHandle::pid).filter(this::isOurs).toList();
  }

  private boolean isOurs(long pid) {
    try {
      byte[] argv = Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline"));
      String words = new String(argv, StandardCharsets.UTF_8);
      return words.contains("qemu-system") && words.contains("\0-uuid\0" + id);
    } catch (IOException e) {
      return false; // it has ended
    }
  }
}

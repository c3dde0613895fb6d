package io.drover.driver.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A probe's QEMU is left behind by nobody. */
class ParentDeathSignalIT {
  @Test
  void aProbesProcessEndsWithTheThreadThatStartedIt(@TempDir Path folder) throws Exception {
    assertThat(startedByAThreadThatEnds(QemuLauncher.ofProbes(), folder).exitWithin(30_000))
        .isTrue();
  }

  @Test
  void aGuestsProcessDoesNot(@TempDir Path folder) throws Exception {
    QemuProcess guest =
        startedByAThreadThatEnds(new QemuLauncher(java.util.Optional.empty()), folder);
    try {
      assertThat(guest.exitWithin(500)).isFalse();
    } finally {
      guest.kill();
    }
  }

  /** Returns when the thread is gone and the process has got through its wrappers. */
  private static QemuProcess startedByAThreadThatEnds(QemuLauncher launcher, Path folder)
      throws Exception {
    Path log = Files.createFile(folder.resolve("log"));
    List<String> command = List.of("sh", "-c", "echo up; exec tail -f /dev/null");
    CompletableFuture<QemuProcess> started = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              QemuProcess process = launcher.launch(command, Map.of(), log);
              while (!LogTail.whole(log).read().equals("up") && !process.exitWithin(5)) {
                Thread.onSpinWait();
              }
              started.complete(process);
            });
    thread.start();
    QemuProcess process = started.get(30, TimeUnit.SECONDS);
    thread.join();
    return process;
  }
}

package io.drover.driver.internal.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ProblemException;
import io.drover.driver.internal.process.HostProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program beside QEMU prints without end fills no disk. */
class SidecarLogIT {
  private static final long LIMIT = 1 << 20;
  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir Path folder;

  private Sidecar sidecar(String script) {
    Path socket = folder.resolve("s.sock");
    String mark = "--socket=" + socket;
    return new Sidecar(
        "fs0",
        List.of("sh", "-c", script, "sh", mark),
        mark,
        socket,
        folder.resolve("sidecar.log"));
  }

  private Sidecars sidecars() {
    return new Sidecars(System::nanoTime, HostProcesses.ofHost(Optional.empty(), folder));
  }

  @AfterEach
  void end() {
    sidecars().end(List.of(sidecar("").mark()), SOON);
  }

  @Test
  void moreThanTheLimitIsLostTheProgramGoesOnAndTheNextRunBeginsAnew() throws IOException {
    Path printed = folder.resolve("printed");
    Sidecar chatty =
        sidecar("head -c 8000000 /dev/zero >&2; touch " + printed + "; while :; do sleep 60; done");
    assertThatThrownBy(() -> sidecars().start(List.of(chatty), Duration.ofSeconds(2)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("does not listen");
    assertThat(printed).exists();
    assertThat(Files.size(chatty.log())).isEqualTo(LIMIT);
    sidecars().end(List.of(chatty.mark()), SOON);

    assertThatThrownBy(
            () -> sidecars().start(List.of(sidecar("echo no such folder; exit 1")), SOON))
        .hasMessageContaining("ended at once")
        .hasMessageContaining("Its output: no such folder");
    assertThat(chatty.log()).hasContent("no such folder");
    assertThat(folder.resolve("sidecar.log.1")).hasSize(LIMIT);
  }
}

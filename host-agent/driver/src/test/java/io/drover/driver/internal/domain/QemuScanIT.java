package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.driver.internal.process.HostProcesses;
import io.drover.driver.internal.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Emulators may have any name; their monitors tell whose they are. */
class QemuScanIT {
  @TempDir Path state;

  private Process waiting(String argument) throws IOException {
    return new ProcessBuilder("sh", "-c", "read word", "sh", argument).start();
  }

  @Test
  void anEmulatorOfAnyNameIsFoundByItsMonitor() throws IOException {
    Path monitor = state.resolve("0123abcd/qmp");
    Process qemu = waiting("socket,id=charmonitor,path=" + monitor + ",server=on,wait=off");
    Process companion = waiting("path=" + state.resolve("0123abcd/fs0.sock"));
    try {
      QemuScan scan = new QemuScan(HostProcesses.ofHost(Optional.empty(), state));
      assertThat(scan.listeningOn(monitor).map(ProcessIdentity::pid)).contains(qemu.pid());
      assertThat(scan.unknown(state, Set.of()))
          .extracting(found -> found.pid())
          .containsExactly(qemu.pid());
      assertThat(scan.unknown(state, Set.of(qemu.pid()))).isEqualTo(List.of());
    } finally {
      qemu.destroyForcibly();
      companion.destroyForcibly();
    }
  }
}

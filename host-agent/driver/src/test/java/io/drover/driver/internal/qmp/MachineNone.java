package io.drover.driver.internal.qmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.driver.QmpDeadlines;
import io.drover.driver.internal.process.QemuLauncher;
import io.drover.driver.internal.process.QemuProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** A real QEMU that runs nothing, on the machine {@code none}, with a session to it. */
final class MachineNone implements AutoCloseable {
  private static final long TRY_EVERY_NANOS = 1_000_000;
  private static final int MAX_TRIES = 60_000;
  private final QemuProcess process;
  private final QmpConnection connection;

  private MachineNone(QemuProcess process, QmpConnection connection) {
    this.process = process;
    this.connection = connection;
  }

  static MachineNone start(Path folder) throws IOException {
    Path socket = folder.resolve("qmp");
    QemuProcess process =
        QemuLauncher.ofProbes()
            .launch(
                List.of(
                    "qemu-system-x86_64",
                    "-nodefaults",
                    "-no-user-config",
                    "-display",
                    "none",
                    "-machine",
                    "none",
                    "-qmp",
                    "unix:" + socket + ",server=on,wait=off"),
                Map.of(),
                folder.resolve("log"));
    return new MachineNone(process, connect(socket, process));
  }

  private static QmpConnection connect(Path socket, QemuProcess process) throws IOException {
    for (int tries = 0; true; tries++) {
      try {
        return connectTo(socket);
      } catch (IOException e) {
        if (tries == MAX_TRIES || process.exitWithinNanos(TRY_EVERY_NANOS)) {
          throw e;
        }
      }
    }
  }

  static QmpConnection connectTo(Path socket) throws IOException {
    return QmpConnection.connect(
        socket, QmpDeadlines.usual(), QmpObserver.none(), InstantSource.system(), "qmp-test");
  }

  QmpConnection connection() {
    return connection;
  }

  long pid() {
    return process.identity().pid();
  }

  @Override
  public void close() {
    connection.close();
    process.kill();
    assertThat(process.awaitExit(Duration.ofSeconds(30))).isTrue();
  }
}

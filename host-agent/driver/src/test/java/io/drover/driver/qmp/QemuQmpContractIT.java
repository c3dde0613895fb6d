package io.drover.driver.qmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.driver.process.QemuLauncher;
import io.drover.driver.process.QemuProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QemuQmpContractIT implements QmpContract {
  private static final long TRY_EVERY_NANOS = 1_000_000;
  private static final int MAX_TRIES = 20_000;
  private QemuProcess process;
  private QmpConnection connection;
  private Path folder;

  @BeforeEach
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    Path socket = temporary.resolve("qmp");
    process =
        new QemuLauncher(Optional.empty())
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
                temporary.resolve("log"));
    connection = connect(socket);
  }

  private QmpConnection connect(Path socket) throws IOException {
    for (int tries = 0; true; tries++) {
      try {
        return QmpConnection.connect(
            socket, Deadlines.usual(), QmpSink.none(), InstantSource.system(), "qmp-test");
      } catch (IOException e) {
        if (tries == MAX_TRIES || process.exitWithinNanos(TRY_EVERY_NANOS)) {
          throw e;
        }
      }
    }
  }

  @AfterEach
  void end() {
    connection.close();
    process.kill();
    assertThat(process.awaitExit(Duration.ofSeconds(10))).isTrue();
  }

  @Override
  public QmpConnection connection() {
    return connection;
  }

  @Test
  void thePeerIsTheProcessThatWeStarted() throws IOException {
    assertThat(connection.peerPid()).isEqualTo(process.identity().pid());
  }

  @Test
  void aDescriptorIsHandedOver() throws IOException {
    Path disk = Files.write(folder.resolve("disk"), new byte[1024 * 1024]);
    try (PassedFile file = PassedFile.open(disk, true)) {
      int set = connection.executeWith(file, Descriptors.addFd());
      connection.execute(
          new QmpCommand<>(
              "blockdev-add",
              Map.of("driver", "file", "node-name", "d", "filename", "/dev/fdset/" + set),
              reply -> "",
              Patience.STORAGE));
      connection.executeWith(file, Descriptors.getfd("again"));
    }
    assertThat(connection.execute(QmpCommand.query("query-named-block-nodes")).toString())
        .contains("/dev/fdset/");
  }
}

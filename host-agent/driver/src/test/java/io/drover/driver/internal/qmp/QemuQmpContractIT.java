package io.drover.driver.internal.qmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QemuQmpContractIT implements QmpContract {
  @TempDir Path folder;
  private MachineNone qemu;

  @BeforeEach
  void start() throws IOException {
    qemu = MachineNone.start(folder);
  }

  @AfterEach
  void end() {
    qemu.close();
  }

  @Override
  public QmpConnection connection() {
    return qemu.connection();
  }

  @Test
  void thePeerIsTheProcessThatWeStarted() throws IOException {
    List<Long> peers = new ArrayList<>();
    QmpSocket.connect(folder.resolve("qmp"), Duration.ofSeconds(30), peers::add).close();
    assertThat(peers).containsExactly(qemu.pid());
  }

  @Test
  void aDescriptorIsHandedOver() throws IOException {
    Path disk = Files.write(folder.resolve("disk"), new byte[1024 * 1024]);
    try (PassedFile file = PassedFile.open(disk, true)) {
      int set = connection().executeWith(file, Descriptors.addFd());
      connection()
          .execute(
              new QmpCommand<>(
                  "blockdev-add",
                  Map.of("driver", "file", "node-name", "d", "filename", "/dev/fdset/" + set),
                  reply -> "",
                  TimeoutClass.STORAGE));
      connection().executeWith(file, Descriptors.getfd("again"));
    }
    assertThat(connection().execute(QmpCommand.query("query-named-block-nodes")).toString())
        .contains("/dev/fdset/");
  }
}

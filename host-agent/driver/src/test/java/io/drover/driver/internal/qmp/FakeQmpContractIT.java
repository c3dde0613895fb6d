package io.drover.driver.internal.qmp;

import io.drover.driver.QmpDeadlines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FakeQmpContractIT implements QmpContract {
  private FakeQmpServer server;
  private QmpConnection connection;

  @BeforeEach
  void connect(@TempDir Path folder) throws IOException {
    Path socket = folder.resolve("qmp");
    server = FakeQmpServer.listening(socket);
    server.answer("query-version", "{\"qemu\":{\"major\":7}}");
    server.on("qom-get", id -> java.util.List.of(FakeQmpServer.refusal(id, "DeviceNotFound", "x")));
    connection =
        QmpConnection.connect(
            socket, QmpDeadlines.usual(), QmpObserver.none(), InstantSource.system(), "qmp-test");
  }

  @AfterEach
  void close() throws IOException {
    connection.close();
    server.close();
  }

  @Override
  public QmpConnection connection() {
    return connection;
  }
}

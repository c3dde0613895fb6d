package io.drover.driver.local;

import io.drover.driver.process.QemuLauncher;
import io.drover.driver.process.QemuProcess;
import io.drover.driver.qmp.Deadlines;
import io.drover.driver.qmp.QmpConnection;
import io.drover.driver.qmp.QmpSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads beforehand what the first start would otherwise load: native sockets take 200 ms, the first
 * process 30 ms.
 */
final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
  private final Path state;

  WarmUp(Path state) {
    this.state = state;
  }

  void run() {
    try {
      QemuProcess trivial =
          QemuLauncher.ofProbes().launch(List.of("true"), Map.of(), Path.of("/dev/null"));
      connectToNobody();
      trivial.awaitExit(Duration.ofSeconds(5));
    } catch (RuntimeException e) {
      LOG.warn("The warm-up failed; the first start will be slower", e);
    }
  }

  private void connectToNobody() {
    try {
      QmpConnection.connect(
              state.resolve("nobody"),
              Deadlines.usual(),
              QmpSink.none(),
              InstantSource.system(),
              "qmp-warm-up")
          .close();
    } catch (IOException e) {
      LOG.debug("The native sockets are loaded");
    }
  }
}

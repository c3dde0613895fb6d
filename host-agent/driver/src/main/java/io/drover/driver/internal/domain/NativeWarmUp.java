package io.drover.driver.internal.domain;

import io.drover.driver.QmpDeadlines;
import io.drover.driver.internal.process.QemuLauncher;
import io.drover.driver.internal.process.QemuProcess;
import io.drover.driver.internal.qmp.QmpConnection;
import io.drover.driver.internal.qmp.QmpObserver;
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
final class NativeWarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(NativeWarmUp.class);
  private final Path state;

  NativeWarmUp(Path state) {
    this.state = state;
  }

  void run() {
    try {
      QemuProcess trivial =
          QemuLauncher.ofProbes().launch(List.of("true"), Map.of(), Path.of("/dev/null"));
      connectToMissingSocket();
      trivial.awaitExit(Duration.ofSeconds(5));
    } catch (RuntimeException e) {
      LOG.warn("Warming up failed; the first start of a domain is slower", e);
    }
  }

  private void connectToMissingSocket() {
    try {
      QmpConnection.connect(
              state.resolve("nobody"),
              QmpDeadlines.usual(),
              QmpObserver.none(),
              InstantSource.system(),
              "qmp-warm-up")
          .close();
    } catch (IOException e) {
      LOG.debug("Native socket library loaded");
    }
  }
}

package io.drover.standalone.launch;

import io.drover.standalone.cluster.StandaloneCluster;
import io.drover.standalone.demo.ProgressConsole;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The suite of a data folder as another process of the same user stops it. */
record RunningLauncher(Path data, ProgressConsole console) {
  /**
   * A little longer than the launcher gives itself. Class archives are written at the first stop,
   * which takes two to three minutes.
   */
  private static final Duration DEADLINE = Duration.ofSeconds(310);

  /**
   * Asks the launcher to end (SIGTERM) and waits; without a launcher it ends the parts that a
   * killed one left running.
   *
   * @throws IOException when it is another user's, or does not end in time
   */
  void stop() throws IOException, InterruptedException {
    Optional<ProcessHandle> launcher = StandaloneCluster.launcher(data);
    if (launcher.isEmpty()) {
      var ended = StandaloneCluster.endLeftovers(data);
      ended.forEach(name -> console.note("ended " + name + ", which a killed ./run had left"));
      if (ended.isEmpty()) {
        console.note("No suite runs in " + data + ".");
      }
      return;
    }
    ProcessHandle process = launcher.get();
    console.note("Stopping the suite in " + data + " (process " + process.pid() + ") ...");
    if (!process.destroy()) {
      throw new IOException(
          "Process "
              + process.pid()
              + " cannot be signalled; stop the suite as the user who started it");
    }
    try {
      process.onExit().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IOException(
          "Process " + process.pid() + " has not ended after " + DEADLINE.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IOException("The end of process " + process.pid() + " cannot be watched", e);
    }
    console.note("Stopped. Data is kept in " + data + ".");
  }
}

package io.drover.standalone.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command that must end with status 0, soon. */
final class Tool {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private Tool() {}

  /**
   * Runs it to its end.
   *
   * @throws IOException with what it printed, when it fails or takes longer than a minute
   */
  static void run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("drover-tool-", ".log");
    try {
      Process tool =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!tool.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        tool.destroyForcibly();
        throw new IOException(command + " did not end within " + DEADLINE.toSeconds() + " s");
      }
      if (tool.exitValue() != 0) {
        throw new IOException(
            command
                + " failed with status "
                + tool.exitValue()
                + ": "
                + Files.readString(output).strip());
      }
    } finally {
      Files.delete(output);
    }
  }
}

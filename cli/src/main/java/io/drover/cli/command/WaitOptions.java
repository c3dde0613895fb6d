package io.drover.cli.command;

import java.time.Duration;
import picocli.CommandLine.Option;

/** Whether a command stays until what it began has ended. */
public final class WaitOptions {
  @Option(
      names = {"-w", "--wait"},
      description = "Stay until the operation has ended, showing each step.")
  boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long --wait stays at most (default ${DEFAULT-VALUE}).")
  long seconds = 300;

  Duration timeout() {
    return Duration.ofSeconds(Math.max(1, seconds));
  }
}

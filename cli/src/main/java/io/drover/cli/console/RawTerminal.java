package io.drover.cli.console;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The terminal without line editing, echo and signals, until it is closed. */
final class RawTerminal implements AutoCloseable {
  private static final File TTY = new File("/dev/tty");
  private static final long DEADLINE_SECONDS = 5;
  private final String before;

  private RawTerminal(String before) {
    this.before = before;
  }

  /** Switches the controlling terminal. */
  static RawTerminal open() {
    String before = stty("-g");
    stty("raw", "-echo");
    return new RawTerminal(before);
  }

  @Override
  public void close() {
    stty(before);
  }

  private static String stty(String... arguments) {
    List<String> command = new ArrayList<>(List.of("stty"));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(TTY)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), US_ASCII).strip();
      if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw unusable();
      }
      return output;
    } catch (IOException e) {
      throw unusable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliFailure(ExitCode.FAILED, "Interrupted.");
    }
  }

  private static CliFailure unusable() {
    return new CliFailure(
        ExitCode.FAILED,
        "The terminal cannot be switched to raw mode.",
        "Run the console in a terminal, or with standard input from a file or a pipe.");
  }
}

package io.drover.cli.shell;

import java.util.List;

/** Ends the command with an exit code and with sentences for the person who typed it. */
public final class CliFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final ExitCode exitCode;
  private final transient List<String> lines;

  /**
   * @param headline one sentence: what is wrong
   * @param more further lines: single faults, the remedy, the trace id
   */
  public CliFailure(ExitCode exitCode, String headline, List<String> more) {
    super(headline);
    this.exitCode = exitCode;
    this.lines = List.copyOf(more);
  }

  public CliFailure(ExitCode exitCode, String headline, String... more) {
    this(exitCode, headline, List.of(more));
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  /** The lines under the headline. */
  public List<String> lines() {
    return lines;
  }
}

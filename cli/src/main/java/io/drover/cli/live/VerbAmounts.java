package io.drover.cli.live;

import io.drover.cli.output.Amounts;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;

/** Sizes as they stand on a command line. */
final class VerbAmounts {
  private VerbAmounts() {}

  static long bytes(String size) {
    try {
      return Amounts.parseSize(size);
    } catch (IllegalArgumentException e) {
      throw new CliFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }
}

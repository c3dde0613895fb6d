package io.drover.cli.command;

import io.drover.cli.gateway.Paths;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether something is done though a host does not carry it out, and why. */
public final class ForceOptions {
  @Option(
      names = "--force",
      description = "Do it even if no host carries it out or it is in use; needs --reason.")
  boolean force;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, with --force; it is kept.")
  @Nullable String reason;

  /** The query of what is done by force; empty without it. */
  String query() {
    if (force != (reason != null)) {
      throw new CliFailure(
          ExitCode.USAGE, "--force and --reason go together.", "Give both: the reason is kept.");
    }
    return reason == null ? "" : "?force=true&reason=" + Paths.encode(reason);
  }
}

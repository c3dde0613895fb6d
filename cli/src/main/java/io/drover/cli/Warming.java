package io.drover.cli;

import io.drover.cli.shell.Shell;
import io.drover.contracts.id.IdSource;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * Runs a few commands that fail early, so that the JVM which records a class archive has loaded
 * what most commands load. Used by the {@code drover} script; talks to nobody: nothing listens on
 * the port it names.
 */
final class Warming {
  private static final String NOBODY = "http://127.0.0.1:1";

  private Warming() {}

  public static void main(String[] arguments) {
    PrintWriter nowhere = new PrintWriter(OutputStream.nullOutputStream(), true);
    Shell shell =
        new Shell(
            new ByteArrayInputStream(new byte[0]),
            OutputStream.nullOutputStream(),
            nowhere,
            nowhere,
            Map.of("DROVER_TOKEN", "none", "DROVER_SERVER", NOBODY, "DROVER_PROJECT", "none"),
            Path.of("").toAbsolutePath(),
            false,
            Clock.systemUTC(),
            IdSource.random());
    Drover.run(shell, "--help");
    Drover.run(shell, "domain", "list");
    Drover.run(shell, "domain", "start", "none", "--wait");
    Drover.run(shell, "no-such-command");
    System.exit(0);
  }
}

package io.drover.cli.command;

import io.drover.cli.session.LoggingOut;
import picocli.CommandLine.Command;

/** {@code drover logout}. */
@Command(
    name = "logout",
    mixinStandardHelpOptions = true,
    description = "End the login here and at the login server.")
public final class LogoutCommand implements Runnable {
  private final Connection connection;

  public LogoutCommand(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void run() {
    new LoggingOut(connection.http(), connection.shell().clock(), connection.sessionFile())
        .end()
        .ifPresent(complaint -> connection.shell().err().println("Warning: " + complaint));
    connection.printer().line("Logged out.");
  }
}

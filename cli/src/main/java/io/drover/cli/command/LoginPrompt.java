package io.drover.cli.command;

import io.drover.cli.session.LocalCluster;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import io.drover.cli.shell.Shell;
import java.io.Console;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gets a user's name and password: those that the suite of this machine keeps for its demo users,
 * from standard input, or from the person at the terminal. Never from the command line, which every
 * user of the machine can read.
 *
 * @param cluster the suite of this machine, if the login is there
 */
record LoginPrompt(Shell shell, Optional<LocalCluster> cluster) {
  /** Asks for the name. */
  String userName() {
    @Nullable String answer = terminal("a user name").readLine("User: ");
    if (answer == null || answer.isBlank()) {
      throw new CliFailure(
          ExitCode.USAGE, "A login needs a user name.", "For example: drover login alice");
    }
    return answer.strip();
  }

  /** The password that is kept here, else what the person types; the caller wipes it. */
  char[] password(String user) {
    return cluster.flatMap(here -> here.password(user)).orElseGet(() -> typed(user));
  }

  private char[] typed(String user) {
    char @Nullable [] typed = terminal("the password of " + user).readPassword("Password: ");
    if (typed == null) {
      throw new CliFailure(ExitCode.USAGE, "A login needs a password.");
    }
    return typed;
  }

  /** The first line of standard input; the caller wipes it. */
  char[] passwordOfInput() {
    try {
      @Nullable String line = shell.lines().readLine();
      if (line == null || line.isEmpty()) {
        throw new CliFailure(ExitCode.USAGE, "Standard input holds no password.");
      }
      return line.toCharArray();
    } catch (IOException e) {
      throw new CliFailure(ExitCode.USAGE, "Standard input cannot be read.");
    }
  }

  private Console terminal(String what) {
    @Nullable Console console = shell.terminal() ? System.console() : null;
    if (console == null) {
      throw new CliFailure(
          ExitCode.USAGE, "There is no terminal to ask for " + what + " on.", remedy());
    }
    return console;
  }

  private String remedy() {
    String elsewhere = "drover login USER --password-stdin < password-file";
    return cluster
        .map(
            here ->
                "The suite of this machine knows the passwords of "
                    + String.join(", ", here.users())
                    + ", as in: drover login alice. For others: "
                    + elsewhere)
        .orElse(
            "For example: "
                + elsewhere
                + ". A suite on this machine (start it with ./run) needs only: drover login alice");
  }
}

package io.drover.cli;

import io.drover.cli.shell.Shell;

/** The process. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    Shell shell = Shell.ofProcess();
    int status = Drover.run(shell, arguments);
    shell.out().flush();
    shell.err().flush();
    System.exit(status);
  }
}

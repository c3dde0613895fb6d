package io.drover.cli;

import io.drover.cli.shell.Shell;

/** The process. */
public final class DroverCli {
  private DroverCli() {}

  public static void main(String[] arguments) {
    // Without a logging library the driver has nothing to say, and SLF4J would say just that.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    Shell shell = Shell.ofProcess();
    int status = Drover.run(shell, arguments);
    shell.out().flush();
    shell.err().flush();
    System.exit(status);
  }
}

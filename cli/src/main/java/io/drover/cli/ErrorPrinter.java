package io.drover.cli;

import io.drover.cli.gateway.LostAnswer;
import io.drover.cli.gateway.ProblemPrinter;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import io.drover.cli.shell.Shell;
import io.drover.contracts.error.ProblemException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Shows every failure as sentences on standard error, and gives the exit code. */
final class ErrorPrinter implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final Shell shell;

  ErrorPrinter(Shell shell) {
    this.shell = shell;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine line, ParseResult result) {
    if (failure instanceof CliFailure known) {
      return show(known);
    }
    if (failure instanceof ProblemException local) {
      return show(ProblemPrinter.ofLocal(local.problem()));
    }
    if (failure instanceof LostAnswer lost) {
      return show(
          new CliFailure(
              ExitCode.UNAVAILABLE,
              String.valueOf(lost.getMessage()),
              "Check --server or DROVER_SERVER; ./run starts a server on this machine."));
    }
    if (shell.variable("DROVER_DEBUG").isPresent()) {
      failure.printStackTrace(shell.err());
    }
    return show(
        new CliFailure(
            ExitCode.FAILED,
            "Something unexpected happened in drover itself: " + failure + ".",
            "DROVER_DEBUG=1 shows where; please report it."));
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    PrintWriter err = shell.err();
    if (lacksCommand(failure)) {
      err.println("drover: a command is missing.");
      err.println();
      failure.getCommandLine().usage(err);
      err.flush();
      return ExitCode.USAGE.number();
    }
    err.println("drover: " + failure.getMessage());
    UnmatchedArgumentException.printSuggestions(failure, err);
    err.println("See: " + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return ExitCode.USAGE.number();
  }

  /** picocli has no type of its own for this; only groups of commands are asked in vain. */
  private static boolean lacksCommand(ParameterException failure) {
    return failure.getClass() == ParameterException.class
        && !failure.getCommandLine().getSubcommands().isEmpty();
  }

  private int show(CliFailure failure) {
    PrintWriter err = shell.err();
    err.println("drover: " + failure.getMessage());
    failure.lines().forEach(each -> err.println("  " + each));
    err.flush();
    return failure.exitCode().number();
  }
}

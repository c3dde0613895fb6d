package io.drover.cli.offline;

import io.drover.cli.gateway.ProblemPrinter;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import io.drover.contracts.error.ProblemException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Does the same to each file: what is wrong with one is said, and the next one has its turn. */
final class EachFile {
  private final Consumer<String> work;
  private final BiConsumer<String, CliFailure> complaint;

  EachFile(Consumer<String> work, BiConsumer<String, CliFailure> complaint) {
    this.work = work;
    this.complaint = complaint;
  }

  /** REFUSED if a definition was refused; else the exit code of a file that could not be read. */
  ExitCode run(List<String> files) {
    ExitCode worst = ExitCode.OK;
    for (String file : files) {
      ExitCode ended = run(file);
      worst = ended.number() > worst.number() ? ended : worst;
    }
    return worst;
  }

  private static CliFailure unexpected(RuntimeException e) {
    StackTraceElement[] trace = e.getStackTrace();
    return new CliFailure(
        ExitCode.FAILED,
        "Something unexpected happened in drover itself: " + e + "; please report it.",
        trace.length == 0 ? List.of() : List.of("at " + trace[0]));
  }

  private ExitCode run(String file) {
    try {
      work.accept(file);
      return ExitCode.OK;
    } catch (ProblemException e) {
      complaint.accept(file, ProblemPrinter.ofLocal(e.problem()));
      return ExitCode.REFUSED;
    } catch (CliFailure e) {
      complaint.accept(file, e);
      return e.exitCode();
    } catch (RuntimeException e) {
      // A defect that one definition finds must not take the answers for the others away.
      complaint.accept(file, unexpected(e));
      return ExitCode.FAILED;
    }
  }
}

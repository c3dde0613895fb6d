package io.drover.cli.offline;

import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.InputFile;
import io.drover.cli.shell.Shell;
import io.drover.contracts.definition.DomainJson;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.validation.Validation;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drover domain validate}. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Check definitions without a server; every fault is named by its place.")
public final class ValidateCommand implements Callable<Integer> {
  private final Shell shell;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "libvirt domain XML, or the same as JSON; - is standard input.")
  List<String> files = List.of();

  @Option(names = "--tenant", description = "Also refuse what only operators may ask for.")
  boolean tenant;

  public ValidateCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    return new EachFile(this::validate, this::complain).run(files).number();
  }

  private void validate(String file) {
    byte[] content = DefinitionFile.content(shell, file);
    List<Problem.Fault> faults =
        InputFile.looksLikeJson(content)
            ? Validation.of(DomainJson.read(content), tenant)
            : Validation.of(content, tenant);
    if (!faults.isEmpty()) {
      boolean one = faults.size() == 1;
      ErrorCode code =
          faults.stream().map(Problem.Fault::code).distinct().count() == 1
              ? faults.get(0).code()
              : ErrorCode.INVALID_DEFINITION;
      throw new ProblemException(
          code, one ? sentence(faults.get(0)) : faults.size() + " faults.", faults);
    }
    shell.out().println(file + ": valid");
  }

  private static String sentence(Problem.Fault fault) {
    String place =
        fault.line() > 0 ? " (line " + fault.line() + ", column " + fault.column() + ")" : "";
    return fault.path() + ": " + fault.detail() + place;
  }

  private void complain(String file, CliFailure failure) {
    shell.out().println(file + ": " + failure.getMessage());
    failure.lines().forEach(line -> shell.out().println("  " + line));
  }
}

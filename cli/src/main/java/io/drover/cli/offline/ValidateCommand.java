package io.drover.cli.offline;

import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.Shell;
import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.TenantPolicy;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
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
    checkForTenants(DefinitionFile.read(shell, file));
    shell.out().println(file + ": valid");
  }

  private void checkForTenants(DomainDefinition definition) {
    List<Problem.Fault> faults = tenant ? TenantPolicy.check(definition) : List.of();
    if (!faults.isEmpty()) {
      throw new ProblemException(
          ErrorCode.FORBIDDEN_FOR_TENANTS,
          "The definition asks for what only an operator may have.",
          faults);
    }
  }

  private void complain(String file, CliFailure failure) {
    shell.out().println(file + ": " + failure.getMessage());
    failure.lines().forEach(line -> shell.out().println("  " + line));
  }
}

package io.drover.cli.offline;

import io.drover.cli.gateway.ProblemPrinter;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import io.drover.cli.shell.Shell;
import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.abi.AbiCheck;
import io.drover.definition.abi.AbiDifference;
import io.drover.definition.complete.PostParse;
import io.drover.definition.complete.emulator.EmulatorFacts;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code drover domain compare}. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Say whether a guest would notice another definition, without a server.",
      "What only the host sees may differ."
    })
public final class CompareCommand implements Callable<Integer> {
  private final Shell shell;

  @Parameters(index = "0", paramLabel = "FILE", description = "What the guest runs by.")
  String source = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "What it would run by.")
  String target = "";

  public CompareCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Optional<AbiDifference> found = AbiCheck.firstDifference(completed(source), completed(target));
    shell
        .out()
        .println(
            found
                .map(each -> target + ": " + each.path() + ": " + each.detail())
                .orElse("same guest ABI"));
    shell.out().flush();
    return found.isEmpty() ? ExitCode.OK.number() : ExitCode.REFUSED.number();
  }

  private DomainDefinition completed(String file) {
    try {
      return PostParse.complete(DefinitionFile.read(shell, file), EmulatorFacts.offline());
    } catch (ProblemException e) {
      CliFailure failure = ProblemPrinter.ofLocal(e.problem());
      throw new CliFailure(ExitCode.REFUSED, file + ": " + failure.getMessage(), failure.lines());
    }
  }
}

package io.drover.cli;

import io.drover.cli.command.AuditCommands;
import io.drover.cli.command.CliSettings;
import io.drover.cli.command.CommandSource;
import io.drover.cli.command.Connection;
import io.drover.cli.command.DomainCommands;
import io.drover.cli.command.HostCommands;
import io.drover.cli.command.ImageCommands;
import io.drover.cli.command.LoginCommand;
import io.drover.cli.command.LogoutCommand;
import io.drover.cli.command.OperationCommands;
import io.drover.cli.command.ProjectCommands;
import io.drover.cli.command.QuotaCommands;
import io.drover.cli.command.VolumeCommands;
import io.drover.cli.live.LiveCommands;
import io.drover.cli.offline.CompareCommand;
import io.drover.cli.offline.DomxmlFromNative;
import io.drover.cli.offline.DomxmlToNative;
import io.drover.cli.offline.ValidateCommand;
import io.drover.cli.shell.ExitCode;
import io.drover.cli.shell.Shell;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** The root command: puts the others together and turns failures into exit codes. */
@Command(
    name = "drover",
    mixinStandardHelpOptions = true,
    description = "A private cloud of QEMU virtual machines.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Version.class,
    footer = {"", "Domains are virtual machines. Start with: drover login --user NAME"})
public final class Drover {
  @Mixin final CliSettings settings = new CliSettings();

  private Drover() {}

  /** Runs one command line and gives its exit code. */
  public static int run(Shell shell, String... arguments) {
    CommandLine line = commandLine(shell);
    return line.execute(arguments);
  }

  static CommandLine commandLine(Shell shell) {
    Drover drover = new Drover();
    Connection connection = new Connection(shell, drover.settings);
    CommandLine domain = new CommandLine(new DomainCommands(connection));
    domain.addSubcommand(new ValidateCommand(shell));
    domain.addSubcommand(new CompareCommand(shell));
    LiveCommands.of(connection).forEach(domain::addSubcommand);
    CommandLine line =
        new CommandLine(drover)
            .addSubcommand(new LoginCommand(connection))
            .addSubcommand(new LogoutCommand(connection))
            .addSubcommand(new ProjectCommands(connection))
            .addSubcommand(new QuotaCommands(connection))
            .addSubcommand(new ImageCommands(connection))
            .addSubcommand(new VolumeCommands(connection))
            .addSubcommand(domain)
            .addSubcommand(new OperationCommands(connection))
            .addSubcommand(new HostCommands(connection))
            .addSubcommand(new AuditCommands(connection))
            .addSubcommand(new DomxmlToNative(shell))
            .addSubcommand(new DomxmlFromNative(shell))
            .addSubcommand(new AutoComplete.GenerateCompletion());
    ServiceLoader.load(CommandSource.class, CommandSource.class.getClassLoader())
        .forEach(source -> source.commands(shell, drover.settings).forEach(line::addSubcommand));
    line.setOut(shell.out());
    line.setErr(shell.err());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(Long.class, new WholeNumber<>(Long::valueOf));
    line.registerConverter(long.class, new WholeNumber<>(Long::valueOf));
    line.registerConverter(Integer.class, new WholeNumber<>(Integer::valueOf));
    line.registerConverter(int.class, new WholeNumber<>(Integer::valueOf));
    ErrorPrinter failures = new ErrorPrinter(shell);
    line.setExecutionExceptionHandler(failures);
    line.setParameterExceptionHandler(failures);
    CommandSpec spec = line.getCommandSpec();
    spec.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(exitCodes());
    return line;
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      codes.put(" " + code.number(), code.meaning());
    }
    return codes;
  }
}

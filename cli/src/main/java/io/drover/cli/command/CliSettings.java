package io.drover.cli.command;

import io.drover.cli.output.OutputFormat;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes. */
public final class CliSettings {
  @Option(
      names = "--server",
      scope = ScopeType.INHERIT,
      paramLabel = "URL",
      description = "The gateway; else DROVER_SERVER, else that of the login.")
  @Nullable String server;

  @Option(
      names = {"-p", "--project"},
      scope = ScopeType.INHERIT,
      paramLabel = "NAME",
      description = "The project; else DROVER_PROJECT, else the only one the login has.")
  @Nullable String project;

  @Option(
      names = {"-o", "--output"},
      scope = ScopeType.INHERIT,
      paramLabel = "FORMAT",
      description =
          "table for people (default), json for programs, xml where libvirt has a document.")
  OutputFormat output = OutputFormat.table;

  /** The format of an answer that is one of libvirt's documents: json, or else XML. */
  public OutputFormat documentFormat() {
    return output == OutputFormat.json ? OutputFormat.json : OutputFormat.xml;
  }

  /** The format of an answer that libvirt has no document for. */
  OutputFormat answerFormat() {
    if (output == OutputFormat.xml) {
      throw new CliFailure(
          ExitCode.USAGE, "This command has no XML; use --output table or --output json.");
    }
    return output;
  }
}

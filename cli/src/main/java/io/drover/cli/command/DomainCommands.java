package io.drover.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.cli.console.TerminalConsole;
import io.drover.cli.gateway.Paths;
import io.drover.cli.output.Table;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import io.drover.cli.shell.InputFile;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drover domain}: what is done to domains on a server. */
@Command(
    name = "domain",
    mixinStandardHelpOptions = true,
    description = "Domains: virtual machines.")
public final class DomainCommands {
  private static final int MAX_DEFINITION_BYTES = 256 * 1024;
  private static final String DOMAIN = "Name or id.";
  private final Connection connection;

  public DomainCommands(Connection connection) {
    this.connection = connection;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "The domains of the project.")
  void list() {
    Table table =
        new Table()
            .text("NAME", Fields.text("name"))
            .text("PHASE", Fields.text("phase"))
            .text("OBSERVED", DomainPrinter::observed)
            .text("HOST", Fields.text("host.name"))
            .number("VCPUS", Fields.text("resources.vcpus"))
            .number("MEMORY", Fields.mebibytes("resources.memoryMib"))
            .text("ACCEL", Fields.text("accelerator"))
            .number("AGE", Fields.age("createdAt", connection.shell().clock()));
    connection
        .printer()
        .list(
            table,
            connection.gateway().list(path(), Fields.MAX_ROWS),
            "The project has no domains.");
  }

  @Command(name = "show", mixinStandardHelpOptions = true, description = "One domain.")
  void show(
      @Parameters(paramLabel = "DOMAIN", description = DOMAIN) String domain,
      @Option(names = "--xml", description = "The definition as libvirt domain XML.") boolean xml) {
    if (xml) {
      connection.printer().line(definition(domain));
      return;
    }
    JsonNode found = connection.gateway().read(path(domain));
    connection
        .printer()
        .one(found, DomainPrinter.fields(found, connection.project(), definition(domain)));
  }

  private String definition(String domain) {
    return connection.gateway().readText(path(domain) + "?format=xml", "application/xml");
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Define a domain and start it.")
  void create(
      @Parameters(
              paramLabel = "FILE",
              description = "libvirt domain XML, or the same as JSON; - is standard input.")
          String file,
      @Option(names = "--no-start", description = "Only define it.") boolean noStart,
      @Mixin WaitOptions wait) {
    byte[] definition = InputFile.read(connection.shell(), file, MAX_DEFINITION_BYTES);
    String type = InputFile.looksLikeJson(definition) ? "application/json" : "application/xml";
    JsonNode answer =
        connection.gateway().post(path() + (noStart ? "?start=false" : ""), type, definition);
    if (noStart) {
      connection.printer().said(answer.path("name").asText() + ": defined", answer);
    } else {
      connection.accepted(answer, wait);
    }
  }

  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description = "Start a domain that is defined or stopped.")
  void start(
      @Parameters(paramLabel = "DOMAIN", description = DOMAIN) String domain,
      @Mixin WaitOptions wait) {
    connection.accepted(connection.gateway().post(path(domain, "start")), wait);
  }

  @Command(
      name = "shutdown",
      mixinStandardHelpOptions = true,
      description = "Ask the guest to power off.")
  void shutdown(
      @Parameters(paramLabel = "DOMAIN", description = DOMAIN) String domain,
      @Mixin WaitOptions wait) {
    connection.accepted(connection.gateway().post(path(domain, "shutdown")), wait);
  }

  @Command(
      name = "destroy",
      mixinStandardHelpOptions = true,
      description = "End the domain at once, without asking the guest.")
  void destroy(
      @Parameters(paramLabel = "DOMAIN", description = DOMAIN) String domain,
      @Mixin WaitOptions wait) {
    connection.accepted(connection.gateway().post(path(domain, "destroy")), wait);
  }

  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      description = {
        "Destroy and remove a domain; its volumes stay.",
        "With --force it is removed at once, whether its host carries that out or not (operators; tenants"
            + " when the host was removed)."
      })
  void delete(
      @Parameters(paramLabel = "DOMAIN", description = DOMAIN) String domain,
      @Mixin ForceOptions force,
      @Mixin WaitOptions wait) {
    connection.accepted(connection.gateway().delete(path(domain) + force.query()), wait);
  }

  @Command(
      name = "console",
      mixinStandardHelpOptions = true,
      description = "The serial console; Ctrl-] leaves it.")
  void console(
      @Parameters(paramLabel = "DOMAIN", description = DOMAIN) String domain,
      @Option(
              names = "--until",
              paramLabel = "TEXT",
              defaultValue = "",
              description = "Only show output, and end when the guest has written this.")
          String until,
      @Option(names = "--timeout", paramLabel = "SECONDS", description = "End after this time.")
          @Nullable Long seconds) {
    if (connection.shell().terminal() && until.isEmpty()) {
      connection.shell().err().println("Console of " + domain + "; Ctrl-] leaves it.");
    }
    new TerminalConsole(connection.gateway(), connection.shell())
        .attach(
            path(domain, "console"), until, Optional.ofNullable(seconds).map(Duration::ofSeconds));
  }

  @Command(
      name = "events",
      mixinStandardHelpOptions = true,
      description = "What happens, as it happens; Ctrl-C ends it.")
  void events(
      @Parameters(arity = "0..1", paramLabel = "DOMAIN", description = "Only this one.")
          @Nullable String domain,
      @Option(
              names = "--after",
              paramLabel = "ID",
              defaultValue = "",
              description = "Continue after this event of an earlier call.")
          String after,
      @Option(names = "--count", paramLabel = "N", description = "End after N events.")
          @Nullable Integer count) {
    if (count != null && count < 1) {
      throw new CliFailure(ExitCode.USAGE, "--count is at least 1.");
    }
    String query =
        domain == null
            ? ""
            : "domain=" + connection.gateway().read(path(domain)).path("id").asText();
    EventLog log = new EventLog(connection.printer());
    log.follow(
        connection.gateway(), connection.project(), query, after, Optional.ofNullable(count));
  }

  private String path(String... segments) {
    String[] all = new String[segments.length + 1];
    all[0] = "domains";
    System.arraycopy(segments, 0, all, 1, segments.length);
    return Paths.ofProject(connection.project(), all);
  }
}

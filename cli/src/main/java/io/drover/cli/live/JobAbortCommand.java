package io.drover.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.cli.command.Connection;
import io.drover.cli.command.WaitOptions;
import io.drover.cli.gateway.Paths;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code drover domain domjobabort}. */
@Command(
    name = "domjobabort",
    mixinStandardHelpOptions = true,
    description = "End the long operation on a domain; the domain stays as it was.")
final class JobAbortCommand implements Runnable {
  private final Connection connection;

  @Parameters(index = "0", paramLabel = "DOMAIN", description = "Name or id.")
  private String domain = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ID",
      description = "Which operation, where there are several.")
  private @Nullable String id;

  @Mixin private final WaitOptions wait = new WaitOptions();

  JobAbortCommand(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void run() {
    String which = id == null ? theOne() : id;
    connection.accepted(
        connection
            .gateway()
            .post(Paths.ofProject(connection.project(), "operations", which, "abort")),
        wait);
  }

  private String theOne() {
    List<JsonNode> found =
        JobRows.of(connection, domain).stream()
            .filter(operation -> operation.path("abortable").asBoolean())
            .toList();
    if (found.size() == 1) {
      return found.get(0).path("id").asText();
    }
    if (found.isEmpty()) {
      throw new CliFailure(
          ExitCode.CONFLICT,
          "Nothing that can be aborted is being done to " + domain + ".",
          "See what is: drover domain jobs " + domain);
    }
    throw new CliFailure(
        ExitCode.USAGE,
        "Several operations on " + domain + " can be aborted; name one.",
        found.stream()
            .map(each -> each.path("id").asText() + " (" + each.path("operation").asText() + ")")
            .collect(Collectors.joining(", ")));
  }
}

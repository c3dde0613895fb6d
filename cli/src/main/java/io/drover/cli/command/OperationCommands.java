package io.drover.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.cli.follow.OperationFollower;
import io.drover.cli.gateway.Paths;
import io.drover.cli.gateway.ProblemPrinter;
import io.drover.cli.output.Amounts;
import io.drover.cli.output.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drover operation}. */
@Command(
    name = "operation",
    mixinStandardHelpOptions = true,
    description = "Operations: what was asked for, step by step.")
public final class OperationCommands {
  private final Connection connection;

  public OperationCommands(Connection connection) {
    this.connection = connection;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "The operations of the project, the newest first.")
  void list(
      @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most N.")
          int limit) {
    Table table =
        new Table()
            .text("ID", Fields.text("id"))
            .text("KIND", OperationCommands::kind)
            .text("NAME", Fields.text("name"))
            .text("STATE", Fields.text("state"))
            .number("STEPS", row -> Integer.toString(row.path("steps").size()))
            .number("AGE", Fields.age("createdAt", connection.shell().clock()))
            .text("PROBLEM", row -> ProblemPrinter.summary(row.path("problem")));
    connection
        .printer()
        .list(
            table,
            connection
                .gateway()
                .list(Paths.ofProject(connection.project(), "operations"), Math.max(1, limit)),
            "The project has no operations.");
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "One operation with its steps.")
  void show(
      @Parameters(paramLabel = "ID", description = "As printed by the command that started it.")
          String id) {
    JsonNode operation =
        connection.gateway().read(Paths.ofProject(connection.project(), "operations", id));
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("id", operation.path("id").asText());
    fields.put("kind", kind(operation));
    fields.put("name", operation.path("name").asText());
    fields.put("state", operation.path("state").asText());
    fields.put("created", operation.path("createdAt").asText());
    fields.put("finished", operation.path("finishedAt").asText(""));
    fields.put("progress", Fields.progress().apply(operation));
    fields.put("problem", ProblemPrinter.summary(operation.path("problem")));
    connection.printer().one(operation, fields);
    List<JsonNode> steps = new ArrayList<>();
    operation.path("steps").forEach(steps::add);
    if (!connection.printer().json() && !steps.isEmpty()) {
      connection.printer().line("");
      Table table =
          new Table()
              .text("STEP", Fields.text("name"))
              .number("TOOK", row -> Amounts.duration(row.path("durationMicros").asLong()))
              .text("BY", Fields.text("source"));
      connection.printer().list(table, steps, "");
    }
  }

  /** As in {@code START_DOMAIN}, or the name of an operation on a running domain. */
  private static String kind(JsonNode operation) {
    return operation.path("operation").asText(operation.path("kind").asText());
  }

  @Command(
      name = "watch",
      mixinStandardHelpOptions = true,
      description = "Show each step as it is done, until the end.")
  void watch(
      @Parameters(paramLabel = "ID", description = "As printed by the command that started it.")
          String id,
      @Option(
              names = "--timeout",
              paramLabel = "SECONDS",
              defaultValue = "300",
              description = "How long to watch at most (default ${DEFAULT-VALUE}).")
          long seconds) {
    new OperationFollower(connection.gateway(), connection.printer(), connection.project())
        .follow(id, Duration.ofSeconds(Math.max(1, seconds)));
  }
}

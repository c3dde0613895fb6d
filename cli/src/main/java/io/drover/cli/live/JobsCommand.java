package io.drover.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.cli.command.Connection;
import io.drover.cli.command.Fields;
import io.drover.cli.output.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code drover domain jobs}: who holds what since when. */
@Command(
    name = "jobs",
    mixinStandardHelpOptions = true,
    description = "What is being done to a domain: by whom, since when, and how far it is.")
final class JobsCommand implements Runnable {
  private static final String HOSTS = "/host-agents/";
  private final Connection connection;

  @Parameters(paramLabel = "DOMAIN", description = "Name or id.")
  private String domain = "";

  JobsCommand(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void run() {
    Table table =
        new Table()
            .text("OPERATION", row -> row.path("operation").asText(row.path("kind").asText()))
            .text("STATE", JobsCommand::state)
            .text("OWNER", Fields.text("actor"))
            .text("SINCE", Fields.text("createdAt"))
            .text("DEADLINE", Fields.text("deadline"))
            .text("PROGRESS", Fields.progress())
            .text("ID", Fields.text("id"));
    connection
        .printer()
        .list(table, JobRows.of(connection, domain), "Nothing is being done to " + domain + ".");
  }

  /** A host that has begun has told of a step. */
  private static String state(JsonNode operation) {
    for (JsonNode step : operation.path("steps")) {
      if (step.path("source").asText().startsWith(HOSTS)) {
        return "running";
      }
    }
    return "waiting";
  }
}

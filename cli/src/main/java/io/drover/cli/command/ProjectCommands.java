package io.drover.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.cli.output.Table;
import io.drover.contracts.json.ContractJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code drover project}. */
@Command(
    name = "project",
    mixinStandardHelpOptions = true,
    description = "Projects: what owns domains and volumes.")
public final class ProjectCommands {
  private final Connection connection;

  public ProjectCommands(Connection connection) {
    this.connection = connection;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "The projects of the login.")
  void list() {
    Table table =
        new Table()
            .text("NAME", Fields.text("name"))
            .text("ID", Fields.text("id"))
            .text("CREATED", Fields.text("createdAt"));
    connection
        .printer()
        .list(
            table,
            connection.gateway().list("/v1/projects", Fields.MAX_ROWS),
            "The login has no projects.");
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Make a project (operators).")
  void create(
      @Parameters(paramLabel = "NAME", description = "1 to 63 of a-z, 0-9 and -.") String name) {
    JsonNode project =
        connection
            .gateway()
            .post("/v1/projects", ContractJson.mapper().createObjectNode().put("name", name));
    connection.printer().said("Project " + name + " is made.", project);
  }
}

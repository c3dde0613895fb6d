package io.drover.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.cli.command.Connection;
import io.drover.cli.gateway.Paths;
import java.util.List;

/** The operations of one domain that have not ended, the newest first. */
final class JobRows {
  private static final int NEWEST = 500;

  private JobRows() {}

  static List<JsonNode> of(Connection connection, String domain) {
    String project = connection.project();
    String id =
        connection.gateway().read(Paths.ofProject(project, "domains", domain)).path("id").asText();
    return connection
        .gateway()
        .list(Paths.ofProject(project, "operations") + "?subject=" + Paths.encode(id), NEWEST)
        .stream()
        .filter(operation -> operation.path("state").asText().equals("RUNNING"))
        .toList();
  }
}

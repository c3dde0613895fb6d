package io.drover.cli.live;

import io.drover.cli.command.Connection;
import io.drover.cli.command.WaitOptions;
import io.drover.cli.gateway.Paths;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.operation.LiveOperation;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A verb on a domain: what is common to all. A subclass has the options, and makes the request. */
abstract class LiveVerb implements Runnable {
  private final Connection connection;

  @Parameters(index = "0", paramLabel = "DOMAIN", description = "Name or id.")
  private String domain = "";

  @Mixin private final WaitOptions wait = new WaitOptions();

  LiveVerb(Connection connection) {
    this.connection = connection;
  }

  /**
   * What is asked for.
   *
   * @throws io.drover.contracts.error.ProblemException for what can never be right
   */
  abstract LiveOperation<?> operation();

  @Override
  public final void run() {
    LiveOperation<?> operation = operation();
    String path = Paths.ofProject(connection.project(), "domains", domain, "operations");
    connection.accepted(
        connection.gateway().post(path, "application/json", ContractJson.write(operation)), wait);
  }
}

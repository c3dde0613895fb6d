package io.drover.cli.live;

import io.drover.cli.command.Connection;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.Reset;
import picocli.CommandLine.Command;

/** {@code drover domain reset}. */
@Command(
    name = "reset",
    mixinStandardHelpOptions = true,
    description = "Reset a running domain as its reset button does.")
final class ResetVerb extends LiveVerb {
  ResetVerb(Connection connection) {
    super(connection);
  }

  @Override
  LiveOperation<?> operation() {
    return new Reset();
  }
}

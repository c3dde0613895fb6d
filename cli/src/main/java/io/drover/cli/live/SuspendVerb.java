package io.drover.cli.live;

import io.drover.cli.command.Connection;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.Suspend;
import picocli.CommandLine.Command;

/** {@code drover domain suspend}. */
@Command(
    name = "suspend",
    mixinStandardHelpOptions = true,
    description = "Stop the virtual CPUs of a running domain.")
final class SuspendVerb extends LiveVerb {
  SuspendVerb(Connection connection) {
    super(connection);
  }

  @Override
  LiveOperation<?> operation() {
    return new Suspend();
  }
}

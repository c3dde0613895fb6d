package io.drover.cli.live;

import io.drover.cli.command.Connection;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.Resume;
import picocli.CommandLine.Command;

/** {@code drover domain resume}. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = "Let the virtual CPUs of a suspended domain run again.")
final class ResumeVerb extends LiveVerb {
  ResumeVerb(Connection connection) {
    super(connection);
  }

  @Override
  LiveOperation<?> operation() {
    return new Resume();
  }
}

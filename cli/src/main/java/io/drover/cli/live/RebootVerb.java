package io.drover.cli.live;

import io.drover.cli.command.Connection;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.Reboot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code drover domain reboot}. */
@Command(
    name = "reboot",
    mixinStandardHelpOptions = true,
    description = "Ask the guest to boot again.")
final class RebootVerb extends LiveVerb {
  @Option(
      names = "--mode",
      paramLabel = "agent|acpi",
      description = "Who is asked: the guest agent, or the power button; else whichever answers.")
  private Reboot.Mode mode = Reboot.Mode.DEFAULT;

  RebootVerb(Connection connection) {
    super(connection);
  }

  @Override
  LiveOperation<?> operation() {
    return new Reboot(mode);
  }
}

package io.drover.cli.live;

import io.drover.cli.command.Connection;
import io.drover.contracts.operation.DetachDisk;
import io.drover.contracts.operation.LiveOperation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code drover domain detach-disk}. */
@Command(
    name = "detach-disk",
    mixinStandardHelpOptions = true,
    description = "Detach a disk; its volume stays.")
final class DetachDiskVerb extends LiveVerb {
  @Parameters(index = "1", paramLabel = "TARGET", description = "The disk's name, as in vdb.")
  private String target = "";

  @Mixin private final AppliesOptions applies = new AppliesOptions();

  DetachDiskVerb(Connection connection) {
    super(connection);
  }

  @Override
  LiveOperation<?> operation() {
    return new DetachDisk(target, applies.applies());
  }
}

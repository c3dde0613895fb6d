package io.drover.cli.live;

import io.drover.cli.command.Connection;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.ResizeDisk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drover domain blockresize}. */
@Command(
    name = "blockresize",
    mixinStandardHelpOptions = true,
    description = "Grow a disk while the guest uses it.")
final class BlockResizeVerb extends LiveVerb {
  @Parameters(index = "1", paramLabel = "PATH", description = "The disk's name, as in vda.")
  private String target = "";

  @Option(names = "--size", required = true, paramLabel = "SIZE", description = "As in 20G.")
  private String size = "";

  BlockResizeVerb(Connection connection) {
    super(connection);
  }

  @Override
  LiveOperation<?> operation() {
    return new ResizeDisk(target, VerbAmounts.bytes(size));
  }
}

package io.drover.cli.live;

import io.drover.cli.command.Connection;
import io.drover.contracts.operation.CopyDisk;
import io.drover.contracts.operation.LiveOperation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drover domain blockcopy}. */
@Command(
    name = "blockcopy",
    mixinStandardHelpOptions = true,
    description = "Copy a disk to another volume while the guest uses it, and switch to the copy.")
final class BlockCopyVerb extends LiveVerb {
  @Parameters(index = "1", paramLabel = "PATH", description = "The disk's name, as in vda.")
  private String target = "";

  @Option(
      names = "--dest",
      required = true,
      paramLabel = "VOLUME",
      description = "The volume that becomes the copy; at least as large.")
  private String destination = "";

  @Option(
      names = "--bandwidth",
      paramLabel = "SIZE",
      description = "At most so much a second, as in 50M.")
  private String bandwidth = "";

  BlockCopyVerb(Connection connection) {
    super(connection);
  }

  @Override
  LiveOperation<?> operation() {
    return new CopyDisk(
        target,
        new DiskElement("disk", destination, target, "").read(),
        bandwidth.isEmpty() ? 0 : VerbAmounts.bytes(bandwidth));
  }
}

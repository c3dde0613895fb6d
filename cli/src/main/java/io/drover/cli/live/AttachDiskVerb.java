package io.drover.cli.live;

import io.drover.cli.command.Connection;
import io.drover.contracts.operation.AttachDisk;
import io.drover.contracts.operation.LiveOperation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drover domain attach-disk}. */
@Command(
    name = "attach-disk",
    mixinStandardHelpOptions = true,
    description = "Attach a volume as a disk.")
final class AttachDiskVerb extends LiveVerb {
  /** How guests may use it. */
  enum Mode {
    readonly,
    shareable
  }

  @Parameters(index = "1", paramLabel = "SOURCE", description = "A volume's name.")
  private String source = "";

  @Parameters(index = "2", paramLabel = "TARGET", description = "The disk's name, as in vdb.")
  private String target = "";

  @Option(names = "--targetbus", paramLabel = "BUS", description = "As in virtio, scsi, sata.")
  private String bus = "";

  @Option(names = "--subdriver", paramLabel = "FORMAT", description = "As in qcow2 or raw.")
  private String format = "";

  @Option(names = "--type", paramLabel = "disk|cdrom", description = "What the guest sees.")
  private String type = "disk";

  @Option(names = "--mode", paramLabel = "readonly|shareable", description = "How it is used.")
  private @Nullable Mode mode;

  @Option(names = "--serial", paramLabel = "SERIAL", description = "What the guest reads.")
  private String serial = "";

  @Mixin private final AppliesOptions applies = new AppliesOptions();

  AttachDiskVerb(Connection connection) {
    super(connection);
  }

  @Override
  LiveOperation<?> operation() {
    DiskElement disk = new DiskElement(type, source, target, bus);
    if (!format.isEmpty()) {
      disk.with("<driver name='qemu' type='" + DiskElement.escaped(format) + "'/>");
    }
    if (mode != null) {
      disk.with("<" + mode + "/>");
    }
    if (!serial.isEmpty()) {
      disk.with("<serial>" + DiskElement.escaped(serial) + "</serial>");
    }
    return new AttachDisk(disk.read(), applies.applies());
  }
}

package io.drover.driver.internal.plan;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Disk;
import io.drover.driver.internal.qmp.DiskThrottling;
import io.drover.driver.internal.qmp.QmpCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is said of the speed of a domain's disks, as QEMU is told it before the guest runs. */
final class DiskLimits {
  private DiskLimits() {}

  /** The commands for a completed definition; a group's limits hold for all of its disks. */
  static List<QmpCommand<QmpCommand.EmptyReply>> of(DomainDefinition completed) {
    Map<String, Map<String, Long>> groups = new HashMap<>();
    for (Disk disk : completed.devices(Disk.class)) {
      if (disk.ioTuneGroup() != null && !disk.ioTune().isEmpty()) {
        groups.putIfAbsent(disk.ioTuneGroup(), disk.ioTune());
      }
    }
    List<QmpCommand<QmpCommand.EmptyReply>> commands = new ArrayList<>();
    for (Disk disk : completed.devices(Disk.class)) {
      String group = disk.ioTuneGroup();
      Map<String, Long> limits =
          group == null ? disk.ioTune() : groups.getOrDefault(group, disk.ioTune());
      if (!limits.isEmpty() && disk.image() != null && disk.image().source() != null) {
        commands.add(DiskThrottling.set(device(disk), limits, group));
      }
    }
    return commands;
  }

  /** A virtio disk's image belongs to the device within the one on PCI. */
  private static String device(Disk disk) {
    String alias = String.valueOf(disk.info().alias());
    return "virtio".equals(disk.target().bus())
        ? "/machine/peripheral/" + alias + "/virtio-backend"
        : alias;
  }
}

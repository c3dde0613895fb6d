package io.drover.definition.complete.rule;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.definition.complete.address.DiskPlacement;
import io.drover.definition.complete.builder.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a disk may have that another process serves: QEMU sees none of its requests. */
final class VhostUserRules {
  private static final Set<String> DRIVER = Set.of("queues", "queue_size", "event_idx");

  private VhostUserRules() {}

  static void check(Faults faults, DomainDefinition definition, Disk disk) {
    DiskImage image = disk.image();
    if (image == null || !(image.source() instanceof DiskSource.VhostUser)) {
      return;
    }
    if (!DiskPlacement.bus(disk).equals("virtio")) {
      faults.fault(disk, "A disk of type='vhostuser' needs the bus virtio.");
    }
    if (disk.snapshot() != null && !disk.snapshot().equals("no")) {
      faults.fault(disk, "A disk of type='vhostuser' has no snapshots; use snapshot='no'.");
    }
    List<String> refused = refused(disk, image);
    if (!refused.isEmpty()) {
      faults.fault(
          disk, "A disk of type='vhostuser' does not take " + String.join(", ", refused) + ".");
    }
    if (!FilesystemRules.sharedMemory(definition)) {
      faults.fault(
          disk,
          "A disk of type='vhostuser' needs memory that is shared: <memoryBacking> with"
              + " <access mode='shared'/>.");
    }
  }

  private static List<String> refused(Disk disk, DiskImage image) {
    List<String> found = new ArrayList<>();
    disk.driver().keySet().stream().filter(name -> !DRIVER.contains(name)).forEach(found::add);
    add(found, "backingStore", image.backing() != null);
    add(found, "encryption", image.encryption() != null);
    add(found, "metadata_cache", image.metadataCache() != null);
    add(found, "geometry", disk.geometry() != null);
    add(found, "blockio", disk.blockIo() != null);
    add(found, "iotune", !disk.ioTune().isEmpty() || disk.ioTuneGroup() != null);
    add(found, "readonly", disk.readonly());
    add(found, "shareable", disk.shareable());
    add(found, "transient", disk.transientChanges());
    add(found, "serial", disk.labels().serial() != null);
    add(found, "wwn", disk.labels().wwn() != null);
    return found;
  }

  private static void add(List<String> found, String name, boolean given) {
    if (given) {
      found.add("<" + name + ">");
    }
  }
}

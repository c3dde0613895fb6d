package io.drover.definition.complete.rule;

import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.definition.complete.address.DiskPlacement;
import io.drover.definition.complete.builder.Faults;

/** What a SCSI device that the guest speaks to itself may be. */
final class LunRules {
  private LunRules() {}

  static void check(Faults faults, Disk disk) {
    if (!disk.device().equals("lun")) {
      if (disk.rawio() != null || disk.sgio() != null) {
        faults.fault(disk, "'rawio' and 'sgio' are for device='lun' only.");
      }
      if (disk.image() != null && disk.image().reservations() != null) {
        faults.fault(disk, "<reservations> are for device='lun' only.");
      }
      return;
    }
    if ("unfiltered".equals(disk.sgio())) {
      faults.fault(disk, "sgio='unfiltered' is not supported by today's kernels.");
    }
    String bus = DiskPlacement.bus(disk);
    if (!bus.equals("scsi") && !bus.equals("virtio")) {
      faults.fault(disk, "device='lun' is not supported for bus='" + bus + "'; use scsi.");
    }
    DiskImage image = disk.image();
    if (image != null) {
      image(faults, disk, image);
    }
    Disk.Labels labels = disk.labels();
    boolean named = labels.serial() != null || labels.wwn() != null;
    if (bus.equals("scsi") && (named || labels.vendor() != null || labels.product() != null)) {
      faults.fault(
          disk, "A device='lun' reports its own serial, wwn, vendor and product; give none.");
    }
  }

  private static void image(Faults faults, Disk disk, DiskImage image) {
    DiskSource source = image.source();
    boolean iscsi =
        source instanceof DiskSource.Network network && network.protocol().equals("iscsi");
    if (!iscsi
        && !(source instanceof DiskSource.Block)
        && !(source instanceof DiskSource.PooledVolume)) { // what a volume is only its host knows
      faults.fault(disk, "device='lun' needs a block device: type='block', or iscsi.");
    }
    if (image.format() != null && !image.format().equals("raw")) {
      faults.fault(disk, "device='lun' needs the format 'raw', not '" + image.format() + "'.");
    }
    if (image.slice() != null) {
      faults.fault(disk, "disk device 'lun' doesn't support storage slice.");
    }
    if (image.encryption() != null) {
      faults.fault(disk, "device='lun' is the guest's own to read; it cannot be encrypted.");
    }
  }
}

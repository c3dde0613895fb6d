package io.drover.definition.complete.rule;

import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.contracts.definition.storage.Encryption;
import io.drover.definition.complete.builder.Faults;
import java.util.Map;
import java.util.Set;

/** What the images of a disk may be: their formats, keys and what is below them. */
final class ImageRules {
  private static final Set<String> WITH_BACKING = Set.of("qcow", "qcow2", "qed", "vmdk");
  private static final Map<String, String> NOT_OF_QEMU =
      Map.of(
          "cow", "The format 'cow' is not supported any more; convert the image to qcow2.",
          "iso", "The format 'iso' is none to QEMU; use 'raw'.");

  private ImageRules() {}

  static void check(Faults faults, Disk disk) {
    DiskImage top = disk.image();
    for (DiskImage image = top; image != null; image = image.backing()) {
      if (image.source() != null || image.format() != null) {
        format(faults, disk, image);
      }
      encryption(faults, disk, image);
      if (image.source() instanceof DiskSource.Network network) {
        NetworkImageRules.check(detail -> faults.fault(disk, detail), network);
      }
    }
    String format = top == null || top.format() == null ? "" : top.format();
    if (disk.shareable() && !disk.readonly() && !format.equals("raw") && !format.isEmpty()) {
      faults.fault(
          disk,
          "shared access for disk '"
              + disk.target().dev()
              + "' requires use of supported storage format: raw.");
    }
    if (top != null && top.source() instanceof DiskSource.Directory && !disk.readonly()) {
      faults.fault(disk, "A directory shown as a FAT disk needs <readonly/>.");
    }
  }

  private static void format(Faults faults, Disk disk, DiskImage image) {
    String format = image.format() == null ? "raw" : image.format();
    if (NOT_OF_QEMU.containsKey(format)) {
      faults.fault(disk, NOT_OF_QEMU.get(format));
    }
    boolean directory = image.source() instanceof DiskSource.Directory;
    if (directory && !format.equals("fat")) {
      faults.fault(disk, "A directory needs the format 'fat', not '" + format + "'.");
    }
    boolean unresolved = image.source() instanceof DiskSource.PooledVolume; // it may be a folder
    if (!directory && !unresolved && format.equals("fat")) {
      faults.fault(disk, "The format 'fat' is for disks of type='dir' only.");
    }
    DiskImage below = image.backing();
    if (below != null && below.source() != null && !WITH_BACKING.contains(format)) {
      faults.fault(disk, "An image of the format '" + format + "' has no backing store.");
    }
    if (image.metadataCache() != null && !format.equals("qcow2")) {
      faults.fault(disk, "<metadata_cache> is for images of the format qcow2 only.");
    }
  }

  private static void encryption(Faults faults, Disk disk, DiskImage image) {
    Encryption encryption = image.encryption();
    if (encryption == null) {
      return;
    }
    String cipher = encryption.format();
    if (cipher.equals("qcow") || cipher.equals("default")) {
      faults.fault(disk, "The old qcow encryption is not supported; use format='luks'.");
    }
    if ("librbd".equals(encryption.engine())) {
      boolean rbd =
          image.source() instanceof DiskSource.Network network && network.protocol().equals("rbd");
      if (!rbd) {
        faults.fault(disk, "engine='librbd' encrypts images of the protocol rbd only.");
      }
      return;
    }
    if (cipher.equals("luks2")) {
      faults.fault(disk, "QEMU itself does not read luks2; use luks, or engine='librbd'.");
    }
    String format = image.format() == null ? "" : image.format();
    if (!format.equals("raw") && !format.equals("qcow2")) {
      faults.fault(
          disk, "LUKS encryption needs the image format raw or qcow2, not '" + format + "'.");
    }
  }
}

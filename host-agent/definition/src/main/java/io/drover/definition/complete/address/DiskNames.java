package io.drover.definition.complete.address;

/** Disk names: vda, sdb, hdc, fda. */
public final class DiskNames {
  private DiskNames() {}

  /** The disk's number, from 0: 2 for hdc, 26 for vdaa. */
  public static int index(String dev) {
    int index = 0;
    for (int i = dev.startsWith("ubd") || dev.startsWith("xvd") ? 3 : 2; i < dev.length(); i++) {
      index = index * 26 + (dev.charAt(i) - 'a') + 1;
    }
    return index - 1;
  }

  /** The bus that the name stands for, or the empty string. */
  static String bus(String dev) {
    if (dev.startsWith("fd")) {
      return "fdc";
    }
    if (dev.startsWith("hd")) {
      return "ide";
    }
    if (dev.startsWith("sd")) {
      return "scsi";
    }
    return dev.startsWith("vd") ? "virtio" : "";
  }
}

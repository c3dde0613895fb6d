package io.drover.definition.fromargv.draft;

import java.util.Map;

/** The other names that QEMU's machines of this architecture have for some devices. */
public final class DeviceAliases {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("ac97", "AC97"),
          Map.entry("es1370", "ES1370"),
          Map.entry("ahci", "ich9-ahci"),
          Map.entry("lsi", "lsi53c895a"),
          Map.entry("e1000-82540em", "e1000"),
          Map.entry("virtio-9p", "virtio-9p-pci"),
          Map.entry("virtio-balloon", "virtio-balloon-pci"),
          Map.entry("virtio-blk", "virtio-blk-pci"),
          Map.entry("virtio-gpu", "virtio-gpu-pci"),
          Map.entry("virtio-gpu-gl", "virtio-gpu-gl-pci"),
          Map.entry("virtio-input-host", "virtio-input-host-pci"),
          Map.entry("virtio-iommu", "virtio-iommu-pci"),
          Map.entry("virtio-keyboard", "virtio-keyboard-pci"),
          Map.entry("virtio-mouse", "virtio-mouse-pci"),
          Map.entry("virtio-net", "virtio-net-pci"),
          Map.entry("virtio-rng", "virtio-rng-pci"),
          Map.entry("virtio-scsi", "virtio-scsi-pci"),
          Map.entry("virtio-serial", "virtio-serial-pci"),
          Map.entry("virtio-sound", "virtio-sound-pci"),
          Map.entry("virtio-tablet", "virtio-tablet-pci"));

  private DeviceAliases() {}

  /** The device's own name. */
  public static String name(String driver) {
    return NAMES.getOrDefault(driver, driver);
  }
}

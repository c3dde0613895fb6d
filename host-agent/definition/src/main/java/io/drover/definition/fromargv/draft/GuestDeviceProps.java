package io.drover.definition.fromargv.draft;

import io.drover.definition.fromargv.line.Values;
import org.jspecify.annotations.Nullable;

/** What all devices have in common in front of the guest. */
public final class GuestDeviceProps {
  private GuestDeviceProps() {}

  /** Adds alias, boot order, option ROM and address of a device. */
  public static MutableElement common(
      ParsedCommandLine draft, MutableElement device, Values values) {
    String id = values.take("id");
    alias(device, id);
    String boot = values.take("bootindex");
    if (boot != null) {
      device.add("boot").with("order", boot);
    }
    String bar = values.take("rombar");
    String file = values.take("romfile");
    if (bar != null || file != null) {
      device
          .add("rom")
          .with("bar", bar == null ? null : bar.equals("0") || bar.equals("off") ? "off" : "on")
          .with("file", file == null || file.isEmpty() ? null : file)
          .with("enabled", file != null && file.isEmpty() ? "no" : null);
    }
    draft.buses().place(device, values);
    return device;
  }

  /** A user's own alias; the others are made anew. */
  public static void alias(MutableElement device, @Nullable String id) {
    if (id != null && id.startsWith("ua-")) {
      device.add("alias").with("name", id);
    }
  }

  /** Adds what the device says of being virtio. */
  public static MutableElement virtio(MutableElement device, Values values) {
    MutableElement driver = device.part("driver");
    driver
        .with("iommu", values.takeOnOff("iommu_platform"))
        .with("ats", values.takeOnOff("ats"))
        .with("packed", values.takeOnOff("packed"))
        .with("page_per_vq", values.takeOnOff("page-per-vq"));
    device.dropIfEmpty(driver);
    return device;
  }

  /** libvirt's word for the model of a virtio device on PCI. */
  public static String virtioModel(String driver) {
    if (driver.endsWith("-non-transitional")) {
      return "virtio-non-transitional";
    }
    return driver.endsWith("-transitional") ? "virtio-transitional" : "virtio";
  }

  /** The driver without what makes it transitional. */
  public static String base(String driver) {
    return driver.replaceAll("(-non)?-transitional$", "");
  }
}

package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.common.DeviceInfoXml;
import io.drover.contracts.definition.common.VirtioOptions;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlWriter;
import org.jspecify.annotations.Nullable;

/**
 * The memory balloon.
 *
 * @param model virtio, virtio-transitional, virtio-non-transitional, or none for no balloon
 * @param statsPeriodSeconds how often the guest reports; null for never
 */
public record Balloon(
    DeviceInfo info,
    String model,
    @Nullable String autodeflate,
    @Nullable String freePageReporting,
    @Nullable Integer statsPeriodSeconds,
    VirtioOptions virtio)
    implements Device {
  public Balloon {
    info = Defaults.or(info, DeviceInfo.NONE);
    virtio = Defaults.or(virtio, VirtioOptions.NONE);
  }

  public static Balloon byDefault() {
    return new Balloon(DeviceInfo.NONE, "virtio", null, null, null, VirtioOptions.NONE);
  }

  @Override
  public Balloon withInfo(DeviceInfo value) {
    return new Balloon(value, model, autodeflate, freePageReporting, statsPeriodSeconds, virtio);
  }

  static Balloon read(XmlElement element) {
    XmlElement driver = element.child("driver");
    XmlElement stats = element.child("stats");
    element.values().required("model");
    return new Balloon(
        DeviceInfoXml.read(element),
        element
            .values()
            .wordOr(
                "model",
                "virtio",
                "virtio",
                "virtio-transitional",
                "virtio-non-transitional",
                "none"),
        element.values().onOff("autodeflate"),
        element.values().onOff("freePageReporting"),
        stats == null ? null : stats.values().integer("period", 0, 86_400),
        driver == null ? VirtioOptions.NONE : VirtioOptions.read(driver.values()));
  }

  void write(XmlWriter out) {
    out.open("memballoon")
        .attribute("model", model)
        .attribute("autodeflate", autodeflate)
        .attribute("freePageReporting", freePageReporting);
    if (statsPeriodSeconds != null) {
      out.open("stats").attribute("period", statsPeriodSeconds).close();
    }
    if (!virtio.none()) {
      out.open("driver");
      virtio.write(out);
      out.close();
    }
    DeviceInfoXml.write(info, out);
    out.close();
  }
}

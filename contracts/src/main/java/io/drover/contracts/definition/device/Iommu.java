package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.common.DeviceInfoXml;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An IOMMU; the switches are on or off.
 *
 * @param model intel or virtio
 * @param addressBits 39 or 48; null for the default
 */
public record Iommu(
    DeviceInfo info,
    String model,
    @Nullable String interruptRemapping,
    @Nullable String cachingMode,
    @Nullable String extendedInterrupts,
    @Nullable String deviceIotlb,
    @Nullable Integer addressBits)
    implements Device {
  public Iommu {
    info = Defaults.or(info, DeviceInfo.NONE);
  }

  @Override
  public Iommu withInfo(DeviceInfo value) {
    return new Iommu(
        value,
        model,
        interruptRemapping,
        cachingMode,
        extendedInterrupts,
        deviceIotlb,
        addressBits);
  }

  static Iommu read(XmlElement element) {
    String model = element.values().word("model", "intel", "virtio");
    if (model == null && element.values().text("model") == null) {
      element.invalid("<iommu> needs 'model', as in model='intel'.");
    }
    XmlElement address = element.child("address");
    if ("virtio".equals(model) && address != null) {
      String type = address.values().text("type");
      if (type != null && !type.equals("pci")) {
        element.invalid("The IOMMU device 'virtio' needs a PCI address.");
      }
    }
    XmlElement driver = element.child("driver");
    DeviceInfo info = DeviceInfoXml.read(element);
    if (driver == null) {
      return new Iommu(info, model == null ? "intel" : model, null, null, null, null, null);
    }
    XmlValues values = driver.values();
    values.neutral("dma_translation", "on");
    boolean own =
        List.of("intremap", "caching_mode", "eim", "iotlb", "aw_bits").stream()
            .anyMatch(name -> driver.attribute(name) != null);
    if (own && "virtio".equals(model)) {
      driver.invalid("The IOMMU 'virtio' has none of these attributes.");
    }
    return new Iommu(
        info,
        model == null ? "intel" : model,
        values.onOff("intremap"),
        values.onOff("caching_mode"),
        values.onOff("eim"),
        values.onOff("iotlb"),
        values.integer("aw_bits", 39, 48));
  }

  void write(XmlWriter out) {
    out.open("iommu").attribute("model", model);
    boolean any =
        interruptRemapping != null
            || cachingMode != null
            || extendedInterrupts != null
            || deviceIotlb != null
            || addressBits != null;
    if (any) {
      out.open("driver")
          .attribute("intremap", interruptRemapping)
          .attribute("caching_mode", cachingMode)
          .attribute("eim", extendedInterrupts)
          .attribute("iotlb", deviceIotlb)
          .attribute("aw_bits", addressBits)
          .close();
    }
    DeviceInfoXml.write(info, out);
    out.close();
  }
}

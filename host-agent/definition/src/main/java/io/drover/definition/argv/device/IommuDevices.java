package io.drover.definition.argv.device;

import io.drover.contracts.definition.device.Iommu;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;

/** What translates the addresses that devices use. */
public final class IommuDevices {
  private IommuDevices() {}

  public static DevicePart part(ArgvContext placed, Iommu iommu) {
    boolean intel = iommu.model().equals("intel");
    Props device = Props.device(intel ? "intel-iommu" : "virtio-iommu");
    device.put("id", ArgvContext.alias(iommu));
    if (intel) {
      device
          .put("intremap", iommu.interruptRemapping())
          .onOff("caching-mode", iommu.cachingMode())
          .put("eim", iommu.extendedInterrupts())
          .onOff("device-iotlb", iommu.deviceIotlb())
          .put("aw-bits", iommu.addressBits());
    }
    return DevicePart.of(JsonOption.device(placed.at(device, iommu)));
  }
}

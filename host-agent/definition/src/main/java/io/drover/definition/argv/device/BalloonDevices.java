package io.drover.definition.argv.device;

import io.drover.contracts.definition.device.Balloon;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;

/** The balloon that takes memory from the guest. */
public final class BalloonDevices {
  private BalloonDevices() {}

  public static DevicePart part(ArgvContext placed, Balloon balloon) {
    if (balloon.model().equals("none")) {
      return DevicePart.NONE;
    }
    Props device = Props.device(ArgvContext.virtioName("virtio-balloon", balloon.model()));
    ArgvContext.virtio(device, balloon.virtio()).put("id", ArgvContext.alias(balloon));
    placed
        .at(device, balloon)
        .onOff("deflate-on-oom", balloon.autodeflate())
        .onOff("free-page-reporting", balloon.freePageReporting());
    return DevicePart.of(JsonOption.device(device));
  }
}

package io.drover.definition.argv.device;

import io.drover.contracts.definition.device.Input;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Mice, tablets, keyboards, and the host's own that are passed on. */
public final class InputDevices {
  private static final Map<String, String> USB =
      Map.of("mouse", "usb-mouse", "tablet", "usb-tablet", "keyboard", "usb-kbd");

  private InputDevices() {}

  /** An input device; nothing for those of the board. */
  public static DevicePart part(ArgvContext placed, Input input) {
    Input.Source source = input.source();
    String alias = ArgvContext.alias(input);
    if ("usb".equals(input.bus())) {
      Props device = Props.device(USB.getOrDefault(input.type(), "usb-tablet")).put("id", alias);
      return DevicePart.of(JsonOption.device(placed.at(device, input)));
    }
    if ("virtio".equals(input.bus())) {
      return DevicePart.of(JsonOption.device(virtio(placed, input, source)));
    }
    if (input.type().equals("evdev") && source != null) {
      return DevicePart.of(
          JsonOption.object(
              Props.object("input-linux", alias)
                  .put("evdev", source.device())
                  .onOff("repeat", source.repeat())
                  .put("grab_all", source.grab() == null ? null : (Boolean) true)
                  .put("grab-toggle", source.grabToggle())));
    }
    return DevicePart.NONE;
  }

  private static Props virtio(ArgvContext placed, Input input, Input.@Nullable Source source) {
    boolean host = input.type().equals("passthrough"); // the others are no device of the host
    String base = host ? "virtio-input-host" : "virtio-" + input.type();
    Props device = Props.device(ArgvContext.virtioName(base, input.model()));
    ArgvContext.virtio(device, input.virtio()).put("id", ArgvContext.alias(input));
    device.put("evdev", source == null || !host ? null : source.device());
    return placed.at(device, input);
  }
}

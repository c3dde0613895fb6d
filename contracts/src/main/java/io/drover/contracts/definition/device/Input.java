package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.common.DeviceInfoXml;
import io.drover.contracts.definition.common.VirtioOptions;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import org.jspecify.annotations.Nullable;

/**
 * A mouse, tablet, keyboard, or an input device of the host that is passed through.
 *
 * @param bus ps2, usb or virtio; null for the default
 * @param source the host's device, of passthrough and evdev
 */
public record Input(
    DeviceInfo info,
    String type,
    @Nullable String bus,
    @Nullable String model,
    @Nullable Source source,
    VirtioOptions virtio)
    implements Device {
  public Input {
    info = Defaults.or(info, DeviceInfo.NONE);
    virtio = Defaults.or(virtio, VirtioOptions.NONE);
  }

  /** {@code grab} is all; {@code repeat} is on or off. */
  public record Source(
      String device, @Nullable String grab, @Nullable String grabToggle, @Nullable String repeat) {}

  public static Input of(String type, String bus) {
    return new Input(DeviceInfo.NONE, type, bus, null, null, VirtioOptions.NONE);
  }

  @Override
  public Input withInfo(DeviceInfo value) {
    return new Input(value, type, bus, model, source, virtio);
  }

  public Input withBus(String value) {
    return new Input(info, type, value, model, source, virtio);
  }

  static Input read(XmlElement element) {
    XmlValues values = element.values();
    String type = values.word("type", "mouse", "tablet", "keyboard", "passthrough", "evdev");
    if (type == null) {
      if (values.text("type") == null) {
        element.invalid("<input> needs 'type', as in type='tablet'.");
      }
      type = "mouse";
    }
    XmlElement driver = element.child("driver");
    XmlElement source = element.child("source");
    if (source == null && (type.equals("passthrough") || type.equals("evdev"))) {
      element.invalid("<input type='" + type + "'> needs a <source>.");
    }
    return new Input(
        DeviceInfoXml.read(element),
        type,
        values.word("bus", "ps2", "usb", "virtio", "none"),
        values.word("model", "virtio", "virtio-transitional", "virtio-non-transitional"),
        source == null ? null : source(type, source.values()),
        driver == null ? VirtioOptions.NONE : VirtioOptions.read(driver.values()));
  }

  private static Source source(String type, XmlValues values) {
    boolean evdev = type.equals("evdev");
    return new Source(
        values.required(evdev ? "dev" : "evdev"),
        evdev ? values.word("grab", "all") : null,
        evdev
            ? values.word(
                "grabToggle",
                "ctrl-ctrl",
                "alt-alt",
                "shift-shift",
                "meta-meta",
                "scrolllock",
                "ctrl-scrolllock")
            : null,
        evdev ? values.onOff("repeat") : null);
  }

  void write(XmlWriter out) {
    out.open("input").attribute("type", type).attribute("bus", bus).attribute("model", model);
    if (!virtio.none()) {
      out.open("driver");
      virtio.write(out);
      out.close();
    }
    out.part(
        source,
        s ->
            out.open("source")
                .attribute(type.equals("evdev") ? "dev" : "evdev", s.device)
                .attribute("grab", s.grab)
                .attribute("grabToggle", s.grabToggle)
                .attribute("repeat", s.repeat)
                .close());
    DeviceInfoXml.write(info, out);
    out.close();
  }
}

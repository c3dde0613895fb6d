package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.common.DeviceInfoXml;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlWriter;

/**
 * A watchdog.
 *
 * @param model i6300esb, ib700 or itco
 * @param action what happens when the guest does not feed it
 */
public record Watchdog(DeviceInfo info, String model, String action) implements Device {
  public Watchdog {
    info = Defaults.or(info, DeviceInfo.NONE);
  }

  @Override
  public Watchdog withInfo(DeviceInfo value) {
    return new Watchdog(value, model, action);
  }

  static Watchdog read(XmlElement element) {
    element.values().required("model");
    return new Watchdog(
        DeviceInfoXml.read(element),
        element.values().wordOr("model", "i6300esb", "i6300esb", "ib700", "itco"),
        element
            .values()
            .wordOr(
                "action",
                "reset",
                "reset",
                "shutdown",
                "poweroff",
                "pause",
                "none",
                "dump",
                "inject-nmi"));
  }

  void write(XmlWriter out) {
    out.open("watchdog").attribute("model", model).attribute("action", action);
    DeviceInfoXml.write(info, out);
    out.close();
  }
}

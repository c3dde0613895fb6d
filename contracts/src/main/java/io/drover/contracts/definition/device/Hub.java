package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.common.DeviceInfoXml;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlWriter;

/** A USB hub with eight ports. */
public record Hub(DeviceInfo info) implements Device {
  public Hub {
    info = Defaults.or(info, DeviceInfo.NONE);
  }

  @Override
  public Hub withInfo(DeviceInfo value) {
    return new Hub(value);
  }

  static Hub read(XmlElement element) {
    if (element.values().word("type", "usb") == null && element.values().text("type") == null) {
      element.invalid("<hub> needs 'type', which is usb.");
    }
    return new Hub(DeviceInfoXml.read(element));
  }

  void write(XmlWriter out) {
    out.open("hub").attribute("type", "usb");
    DeviceInfoXml.write(info, out);
    out.close();
  }
}

package io.drover.contracts.definition.device;

import io.drover.contracts.definition.character.CharacterSource;
import io.drover.contracts.definition.character.CharacterSourceXml;
import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.common.DeviceInfoXml;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlWriter;

/** A USB device that is plugged in at the other end of a connection: {@code <redirdev>}. */
public record RedirectedDevice(DeviceInfo info, CharacterSource source) implements Device {
  public RedirectedDevice {
    info = Defaults.or(info, DeviceInfo.NONE);
  }

  @Override
  public RedirectedDevice withInfo(DeviceInfo value) {
    return new RedirectedDevice(value, source);
  }

  public RedirectedDevice withSource(CharacterSource value) {
    return new RedirectedDevice(info, value);
  }

  static RedirectedDevice read(XmlElement element) {
    element.values().wordOr("bus", "usb", "usb");
    if (element.values().text("type") == null) {
      element.invalid("<redirdev> needs 'type', as in type='spicevmc'.");
    }
    return new RedirectedDevice(DeviceInfoXml.read(element), CharacterSourceXml.read(element));
  }

  void write(XmlWriter out) {
    out.open("redirdev").attribute("bus", "usb");
    out.attribute("type", CharacterSourceXml.type(source));
    CharacterSourceXml.write(source, out);
    DeviceInfoXml.write(info, out);
    out.close();
  }
}

package io.drover.contracts.definition.device;

import io.drover.contracts.definition.character.CharacterSource;
import io.drover.contracts.definition.character.CharacterSourceXml;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.common.DeviceInfoXml;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code <serial>}, {@code <parallel>}, {@code <console>}, {@code <channel>}. */
final class CharacterDeviceXml {
  private static final String[] SERIAL = {
    "isa-serial", "usb-serial", "pci-serial", "isa-debug", "system-serial", "none"
  };
  private static final String[] SERIAL_MODELS = {
    "isa-serial", "usb-serial", "pci-serial", "isa-debugcon"
  };
  private static final String[] CONSOLE = {"serial", "virtio", "none"};
  private static final String[] CHANNEL = {"guestfwd", "virtio"};

  private CharacterDeviceXml() {}

  static CharacterDevice read(XmlElement element) {
    XmlElement target = element.child("target");
    XmlElement log = element.child("log");
    CharacterSource source = CharacterSourceXml.read(element);
    DeviceInfo info = DeviceInfoXml.read(element);
    CharacterDevice.Log logged =
        log == null
            ? null
            : new CharacterDevice.Log(log.values().required("file"), log.values().onOff("append"));
    if (target == null) {
      if (element.name().equals("channel")) {
        element.invalid("<channel> needs <target type='virtio' name='...'/>.");
      }
      return new CharacterDevice(
          info, element.name(), source, null, null, null, null, null, logged);
    }
    XmlValues values = target.values();
    String type = type(element.name(), values);
    XmlElement model = target.child("model");
    String name = values.text("name");
    values.word("state", "connected", "disconnected");
    if ("virtio".equals(type) && name != null && name.length() > 256) {
      target.invalid("name", "A channel's name has at most 256 characters.");
    }
    if (element.name().equals("channel") && type == null && element.attribute("type") != null) {
      if (target.attribute("type") == null) {
        target.invalid("type", "A channel's <target> needs 'type', as in type='virtio'.");
      }
    }
    boolean forwards = "guestfwd".equals(type);
    return new CharacterDevice(
        info,
        element.name(),
        source,
        type,
        model == null ? null : model.values().word("name", SERIAL_MODELS),
        forwards ? null : values.integer("port", 0, 65_535),
        name,
        forwards ? forward(target) : null,
        logged);
  }

  private static @Nullable String type(String element, XmlValues values) {
    return switch (element) {
      case "serial" -> values.word("type", SERIAL);
      case "console" -> values.word("type", CONSOLE);
      case "channel" -> values.word("type", CHANNEL);
      default -> null;
    };
  }

  private static CharacterDevice.Forward forward(XmlElement target) {
    XmlValues values = target.values();
    String address = values.required("address");
    if (!address.isEmpty() && !address.matches("[0-9]{1,3}([.][0-9]{1,3}){3}")) {
      target.invalid("address", "guestfwd has IPv4 addresses only, not '" + address + "'.");
    }
    if (target.attribute("port") == null) {
      values.required("port");
    }
    return new CharacterDevice.Forward(address, values.integerOr("port", 0, 1, 65_535));
  }

  static void write(CharacterDevice device, XmlWriter out) {
    out.open(device.element()).attribute("type", CharacterSourceXml.type(device.source()));
    CharacterSourceXml.write(device.source(), out);
    out.part(
        device.log(),
        log ->
            out.open("log")
                .attribute("file", log.file())
                .attribute("append", log.append())
                .close());
    CharacterDevice.Forward forward = device.forward();
    if (device.targetType() != null || device.port() != null || device.targetName() != null) {
      out.open("target").attribute("type", device.targetType());
      if (forward != null) {
        out.attribute("address", forward.address()).attribute("port", forward.port());
      } else {
        out.attribute("port", device.port()).attribute("name", device.targetName());
      }
      if (device.targetModel() != null) {
        out.open("model").attribute("name", device.targetModel()).close();
      }
      out.close();
    }
    DeviceInfoXml.write(device.info(), out);
    out.close();
  }
}

package io.drover.contracts.definition.common;

import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import org.jspecify.annotations.Nullable;

/** Reads and writes what any device may have. */
public final class DeviceInfoXml {
  private DeviceInfoXml() {}

  public static DeviceInfo read(XmlElement device) {
    XmlElement alias = device.child("alias");
    XmlElement boot = device.child("boot");
    XmlElement acpi = device.child("acpi");
    XmlElement rom = device.child("rom");
    XmlElement address = device.child("address");
    return new DeviceInfo(
        alias == null ? null : alias(alias),
        address == null ? null : address(address),
        boot == null ? null : bootOrder(boot),
        acpi == null ? null : acpi.values().integer("index", 1, 16_383),
        rom == null ? null : rom(rom.values()));
  }

  private static @Nullable Integer bootOrder(XmlElement boot) {
    if (boot.attribute("order") == null) {
      boot.values().required("order");
    }
    return boot.values().integer("order", 1, Integer.MAX_VALUE);
  }

  private static @Nullable String alias(XmlElement element) {
    String name = element.values().nonEmpty("name");
    if (name == null) {
      return null; // nothing is named, and one is made
    }
    if (!name.matches("[A-Za-z0-9_.:-]{1,128}")) {
      element.invalid(
          "name", "An alias has 1 to 128 letters, digits or any of '_', '-', '.' and ':'.");
      return null;
    }
    return name;
  }

  private static DeviceInfo.Rom rom(XmlValues values) {
    return new DeviceInfo.Rom(values.onOff("bar"), values.text("file"), values.yesNo("enabled"));
  }

  static @Nullable Address address(XmlElement element) {
    XmlValues values = element.values();
    if (element.attribute("type") == null) {
      values.required("type");
    }
    String type =
        values.word(
            "type", "pci", "drive", "virtio-serial", "usb", "isa", "ccid", "dimm", "unassigned");
    if (type == null) {
      element.readWhole();
      return null;
    }
    return switch (type) {
      case "pci" -> place(pci(element));
      case "drive" ->
          new Address.Drive(
              values.integerOr("controller", 0, 0, 1_000),
              values.integerOr("bus", 0, 0, 1_000),
              values.integerOr("target", 0, 0, 65_535),
              values.integerOr("unit", 0, 0, 65_535));
      case "virtio-serial" ->
          new Address.VirtioSerial(
              values.integerOr("controller", 0, 0, 1_000),
              values.integerOr("bus", 0, 0, 1_000),
              values.integerOr("port", 0, 0, 1_000));
      case "usb" -> new Address.Usb(values.integerOr("bus", 0, 0, 1_000), port(values));
      case "isa" ->
          new Address.Isa(values.integer("iobase", 0, 0xffff), values.integer("irq", 0, 0xff));
      case "ccid" ->
          new Address.Ccid(
              values.integerOr("controller", 0, 0, 100), values.integerOr("slot", 0, 0, 100));
      case "dimm" -> dimm(values);
      case "unassigned" -> new Address.Unassigned();
      default -> null;
    };
  }

  /** There is no port 0: it says that the device has none yet. */
  private static @Nullable String port(XmlValues values) {
    String port = values.text("port");
    return "0".equals(port) ? null : port;
  }

  private static Address.Dimm dimm(XmlValues values) {
    Integer slot = values.requiredInteger("slot", 0, 255);
    return new Address.Dimm(slot == null ? 0 : slot, values.number("base", 0, Long.MAX_VALUE));
  }

  /** To libvirt a function of slot 0 of bus 0, where the host bridge is, is no place at all. */
  private static Address.@Nullable Pci place(Address.@Nullable Pci pci) {
    boolean nowhere = pci == null || pci.domain() == 0 && pci.bus() == 0 && pci.slot() == 0;
    return nowhere ? null : pci;
  }

  /** A PCI address; null for one that only says that the device is to be on PCI. */
  public static Address.@Nullable Pci pci(XmlElement element) {
    XmlValues values = element.values();
    Integer bus = values.integer("bus", 0, 255);
    Integer slot = values.integer("slot", 0, 31);
    Integer function = values.integer("function", 0, 7);
    Integer domain = values.integer("domain", 0, 0xffff);
    String multifunction = values.onOff("multifunction");
    if (bus == null && slot == null && function == null && domain == null) {
      return null;
    }
    Address.Pci address =
        new Address.Pci(
            domain == null ? 0 : domain,
            bus == null ? 0 : bus,
            slot == null ? 0 : slot,
            function == null ? 0 : function,
            multifunction);
    return address.domain() == 0
            && address.bus() == 0
            && address.slot() == 0
            && address.function() == 0
        ? null
        : address;
  }

  public static void write(DeviceInfo info, XmlWriter out) {
    if (info.bootOrder() != null) {
      out.open("boot").attribute("order", info.bootOrder()).close();
    }
    if (info.alias() != null) {
      out.open("alias").attribute("name", info.alias()).close();
    }
    if (info.acpiIndex() != null) {
      out.open("acpi").attribute("index", info.acpiIndex()).close();
    }
    out.part(
        info.rom(),
        rom ->
            out.open("rom")
                .attribute("bar", rom.bar())
                .attribute("file", rom.file())
                .yesNo("enabled", rom.enabled())
                .close());
    out.part(info.address(), address -> write(address, out));
  }

  public static void write(Address address, XmlWriter out) {
    out.open("address");
    if (address instanceof Address.Pci pci) {
      out.attribute("type", "pci");
      writePci(pci, out);
    } else if (address instanceof Address.Drive drive) {
      out.attribute("type", "drive")
          .attribute("controller", drive.controller())
          .attribute("bus", drive.bus())
          .attribute("target", drive.target())
          .attribute("unit", drive.unit());
    } else if (address instanceof Address.VirtioSerial serial) {
      out.attribute("type", "virtio-serial")
          .attribute("controller", serial.controller())
          .attribute("bus", serial.bus())
          .attribute("port", serial.port());
    } else if (address instanceof Address.Usb usb) {
      out.attribute("type", "usb").attribute("bus", usb.bus()).attribute("port", usb.port());
    } else if (address instanceof Address.Isa isa) {
      out.attribute("type", "isa")
          .attribute("iobase", hex(isa.iobase()))
          .attribute("irq", hex(isa.irq()));
    } else if (address instanceof Address.Ccid ccid) {
      out.attribute("type", "ccid")
          .attribute("controller", ccid.controller())
          .attribute("slot", ccid.slot());
    } else if (address instanceof Address.Dimm dimm) {
      out.attribute("type", "dimm")
          .attribute("slot", dimm.slot())
          .attribute("base", dimm.base() == null ? null : "0x" + Long.toHexString(dimm.base()));
    } else if (address instanceof Address.Unassigned) {
      out.attribute("type", "unassigned");
    }
    out.close();
  }

  public static void writePci(Address.Pci pci, XmlWriter out) {
    out.attribute("domain", String.format("0x%04x", pci.domain()))
        .attribute("bus", String.format("0x%02x", pci.bus()))
        .attribute("slot", String.format("0x%02x", pci.slot()))
        .attribute("function", String.format("0x%x", pci.function()))
        .attribute("multifunction", pci.multifunction());
  }

  private static @Nullable String hex(@Nullable Integer value) {
    return value == null ? null : "0x" + Integer.toHexString(value);
  }
}

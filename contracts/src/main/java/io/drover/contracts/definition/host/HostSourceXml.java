package io.drover.contracts.definition.host;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.common.DeviceInfoXml;
import io.drover.contracts.definition.common.SecretReference;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and writes which device of the host a guest gets. */
public final class HostSourceXml {
  /** Stands for what could not be read, beside the fault that says so. */
  public static final HostSource.Pci NONE = new HostSource.Pci(0, 0, 0, 0);

  private static final int ISCSI_PORT = 3260;

  private HostSourceXml() {}

  public static HostSource read(String type, XmlElement source) {
    return switch (type) {
      case "usb" -> usb(source);
      case "scsi" ->
          "iscsi".equals(source.values().word("protocol", "adapter", "iscsi"))
              ? iscsi(source)
              : scsi(source);
      case "scsi_host" -> scsiHost(source);
      case "mdev" -> mediated(source);
      default -> pci(source);
    };
  }

  public static HostSource.Pci pci(XmlElement source) {
    if (source.values().yesNo("writeFiltering") != null) {
      source.invalid(
          "writeFiltering",
          "Write filtering of PCI device configuration space is not supported by QEMU.");
    }
    XmlElement address = source.child("address");
    if (address == null) {
      source.invalid("A PCI <hostdev> needs <address domain=.. bus=.. slot=.. function=../>.");
      return NONE;
    }
    XmlValues values = address.values();
    return new HostSource.Pci(
        values.integerOr("domain", 0, 0, 0xffff),
        values.integerOr("bus", 0, 0, 0xff),
        values.integerOr("slot", 0, 0, 0x1f),
        values.integerOr("function", 0, 0, 7));
  }

  private static HostSource usb(XmlElement source) {
    XmlElement vendor = source.child("vendor");
    XmlElement product = source.child("product");
    XmlElement address = source.child("address");
    if ((vendor == null) != (product == null)) {
      source.invalid("A USB device is named by <vendor> and <product> together.");
    }
    if (vendor == null && address == null) {
      source.invalid("A USB <hostdev> needs <vendor> and <product>, or <address>.");
    }
    String policy =
        source.values().word("startupPolicy", "default", "mandatory", "requisite", "optional");
    String reset = source.values().word("guestReset", "off", "uninitialized", "on");
    return new HostSource.Usb(
        vendor == null ? null : vendor.values().integer("id", 1, 0xffff),
        product == null ? null : product.values().integer("id", 0, 0xffff),
        address == null ? null : address.values().integer("bus", 1, 999),
        address == null ? null : address.values().integer("device", 1, 999),
        policy,
        reset);
  }

  private static HostSource scsi(XmlElement source) {
    XmlElement adapter = source.child("adapter");
    XmlElement address = source.child("address");
    if (adapter == null || address == null) {
      source.invalid("A SCSI <hostdev> needs <adapter name='scsi_host0'/> and <address>.");
      return NONE;
    }
    XmlValues values = address.values();
    String name = adapter.values().required("name");
    if (!name.isEmpty() && !name.matches("scsi_host\\d{1,9}")) {
      adapter.invalid("name", "An adapter's name is as in scsi_host0, not '" + name + "'.");
    }
    Long unit = values.number("unit", 0, Integer.MAX_VALUE * 4L);
    return new HostSource.Scsi(
        name,
        values.integerOr("bus", 0, 0, Integer.MAX_VALUE),
        values.integerOr("target", 0, 0, Integer.MAX_VALUE),
        unit == null ? 0 : unit);
  }

  private static HostSource iscsi(XmlElement source) {
    List<XmlElement> hosts = source.children("host");
    if (hosts.size() != 1) {
      source.invalid("An iSCSI <hostdev> needs exactly one <host>.");
    }
    XmlElement auth = source.child("auth");
    XmlElement secret = auth == null ? null : auth.child("secret");
    if (auth != null && secret == null) {
      auth.invalid("<auth> needs a <secret>.");
    }
    if (secret != null) {
      secret.values().word("type", "iscsi");
    }
    XmlElement initiator = source.child("initiator");
    XmlElement iqn = initiator == null ? null : initiator.child("iqn");
    hosts.forEach(host -> host.values().word("transport", "tcp"));
    return new HostSource.Iscsi(
        source.values().required("name"),
        hosts.isEmpty() ? "" : hosts.get(0).values().required("name"),
        hosts.isEmpty()
            ? ISCSI_PORT
            : hosts.get(0).values().integerOr("port", ISCSI_PORT, 1, 65_535),
        iqn == null ? null : iqn.values().required("name"),
        auth == null ? null : auth.values().required("username"),
        secret == null ? null : SecretReference.read(secret));
  }

  private static HostSource scsiHost(XmlElement source) {
    if (source.values().word("protocol", "vhost") == null
        && source.values().text("protocol") == null) {
      source.invalid("The <source> of a scsi_host needs 'protocol', which is vhost.");
    }
    String wwpn = source.values().required("wwpn");
    if (!wwpn.isEmpty() && !wwpn.matches("naa\\.[0-9a-fA-F]{16}")) {
      source.invalid("wwpn", "A wwpn is 'naa.' and 16 hexadecimal digits.");
    }
    return new HostSource.ScsiHost(wwpn);
  }

  private static HostSource mediated(XmlElement source) {
    XmlElement address = source.child("address");
    UUID uuid = address == null ? null : address.values().uuid("uuid");
    if (address == null || address.values().text("uuid") == null) {
      source.invalid("A mediated <hostdev> needs <address uuid='...'/>.");
    }
    return uuid == null ? NONE : new HostSource.Mediated(uuid);
  }

  /** The stand-in of a device that goes away for a migration. */
  public static @Nullable String persistent(XmlElement teaming) {
    XmlValues values = teaming.values();
    String type = values.word("type", "persistent", "transient");
    if (!"transient".equals(type)) {
      teaming.invalid("The <teaming> of a host device is of type='transient'.");
      values.text("persistent");
      return null;
    }
    return values.required("persistent");
  }

  public static String type(HostSource source) {
    if (source instanceof HostSource.Usb) {
      return "usb";
    }
    if (source instanceof HostSource.ScsiHost) {
      return "scsi_host";
    }
    if (source instanceof HostSource.Mediated) {
      return "mdev";
    }
    return source instanceof HostSource.Pci ? "pci" : "scsi";
  }

  public static void write(HostSource source, XmlWriter out) {
    out.open("source");
    if (source instanceof HostSource.Pci pci) {
      write(pci, null, out);
    } else if (source instanceof HostSource.Usb usb) {
      write(usb, out);
    } else if (source instanceof HostSource.Scsi scsi) {
      out.open("adapter").attribute("name", scsi.adapter()).close();
      out.open("address")
          .attribute("bus", scsi.bus())
          .attribute("target", scsi.target())
          .attribute("unit", scsi.unit())
          .close();
    } else if (source instanceof HostSource.Iscsi iscsi) {
      write(iscsi, out);
    } else if (source instanceof HostSource.ScsiHost host) {
      out.attribute("protocol", "vhost").attribute("wwpn", host.wwpn());
    } else if (source instanceof HostSource.Mediated mediated) {
      out.open("address").attribute("uuid", mediated.uuid()).close();
    }
    out.close();
  }

  public static void writeTeaming(@Nullable String persistentAlias, XmlWriter out) {
    if (persistentAlias != null) {
      out.open("teaming")
          .attribute("type", "transient")
          .attribute("persistent", persistentAlias)
          .close();
    }
  }

  public static void write(HostSource.Pci pci, @Nullable String type, XmlWriter out) {
    out.open("address").attribute("type", type);
    DeviceInfoXml.writePci(
        new Address.Pci(pci.domain(), pci.bus(), pci.slot(), pci.function(), null), out);
    out.close();
  }

  private static void write(HostSource.Usb usb, XmlWriter out) {
    out.attribute("startupPolicy", usb.startupPolicy()).attribute("guestReset", usb.guestReset());
    if (usb.vendor() != null) {
      out.open("vendor").attribute("id", String.format("0x%04x", usb.vendor())).close();
    }
    if (usb.product() != null) {
      out.open("product").attribute("id", String.format("0x%04x", usb.product())).close();
    }
    if (usb.bus() != null || usb.device() != null) {
      out.open("address").attribute("bus", usb.bus()).attribute("device", usb.device()).close();
    }
  }

  private static void write(HostSource.Iscsi iscsi, XmlWriter out) {
    out.attribute("protocol", "iscsi").attribute("name", iscsi.name());
    out.open("host").attribute("name", iscsi.host()).attribute("port", iscsi.port()).close();
    if (iscsi.initiator() != null) {
      out.open("initiator");
      out.open("iqn").attribute("name", iscsi.initiator()).close();
      out.close();
    }
    SecretReference secret = iscsi.secret();
    if (secret != null) {
      out.open("auth").attribute("username", iscsi.user());
      out.open("secret").attribute("type", "iscsi");
      secret.write(out);
      out.close().close();
    }
  }
}

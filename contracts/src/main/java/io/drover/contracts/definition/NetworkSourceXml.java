package io.drover.contracts.definition;

import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import org.jspecify.annotations.Nullable;

/** Reads and writes what a network interface is connected to. */
final class NetworkSourceXml {
  private NetworkSourceXml() {}

  static NetworkSource read(XmlElement element) {
    String type =
        element
            .values()
            .word(
                "type",
                "user",
                "network",
                "bridge",
                "ethernet",
                "direct",
                "client",
                "server",
                "mcast",
                "udp",
                "vdpa",
                "hostdev");
    XmlElement source = element.child("source");
    XmlElement backend = element.child("backend");
    if (type == null) {
      if (element.values().text("type") == null) {
        element.invalid("<interface> needs 'type', as in type='user'.");
      } else if (source != null) {
        source.readWhole();
      }
      return new NetworkSource.Tap();
    }
    if ("user".equals(type)) {
      return new NetworkSource.User(passt(source, backend));
    }
    if (backend != null) {
      backend.readWhole();
    }
    if ("ethernet".equals(type)) {
      return new NetworkSource.Tap();
    }
    if (source == null) {
      element.invalid("<interface type='" + type + "'> needs a <source>.");
      return new NetworkSource.Tap();
    }
    XmlValues values = source.values();
    return switch (type) {
      case "network" ->
          new NetworkSource.Network(values.required("network"), values.text("portgroup"));
      case "bridge" -> new NetworkSource.Bridge(name(source, "bridge"));
      case "direct" ->
          new NetworkSource.Direct(
              name(source, "dev"), values.word("mode", "vepa", "bridge", "private", "passthrough"));
      case "vdpa" -> new NetworkSource.Vdpa(values.required("dev"));
      case "hostdev" -> hostPci(element, source);
      default -> socket(type, source);
    };
  }

  private static NetworkSource hostPci(XmlElement element, XmlElement source) {
    XmlElement address = source.child("address");
    if (address != null) {
      address.values().word("type", "pci");
    }
    XmlElement teaming = element.child("teaming");
    return new NetworkSource.HostPci(
        HostDeviceXml.pci(source),
        element.values().yesNo("managed"),
        teaming == null ? null : HostDeviceXml.persistent(teaming));
  }

  private static NetworkSource.@Nullable Passt passt(
      @Nullable XmlElement source, @Nullable XmlElement backend) {
    String device = source == null ? null : source.values().text("dev");
    if (backend == null) {
      return null;
    }
    String type = backend.values().wordOr("type", "default", "default", "passt");
    String log = backend.values().text("logFile");
    return "passt".equals(type) ? new NetworkSource.Passt(log, device) : null;
  }

  private static String name(XmlElement source, String attribute) {
    String name = source.values().required(attribute);
    if (!name.isEmpty() && !name.matches("[A-Za-z0-9_.:-]{1,15}")) {
      source.invalid(attribute, "'" + name + "' is not a device name of at most 15 characters.");
    }
    return name;
  }

  private static NetworkSource socket(String mode, XmlElement source) {
    XmlValues values = source.values();
    XmlElement local = source.child("local");
    return new NetworkSource.Socket(
        mode,
        values.text("address"),
        values.integerOr("port", 0, 0, 65_535),
        local == null ? null : local.values().text("address"),
        local == null ? null : local.values().integer("port", 1, 65_535));
  }

  static String type(NetworkSource source) {
    if (source instanceof NetworkSource.HostPci) {
      return "hostdev";
    }
    if (source instanceof NetworkSource.User) {
      return "user";
    }
    if (source instanceof NetworkSource.Network) {
      return "network";
    }
    if (source instanceof NetworkSource.Bridge) {
      return "bridge";
    }
    if (source instanceof NetworkSource.Tap) {
      return "ethernet";
    }
    if (source instanceof NetworkSource.Direct) {
      return "direct";
    }
    return source instanceof NetworkSource.Socket socket ? socket.mode() : "vdpa";
  }

  static void write(NetworkSource source, XmlWriter out) {
    if (source instanceof NetworkSource.User user) {
      out.part(user.passt(), passt -> write(passt, out));
    } else if (source instanceof NetworkSource.Network network) {
      out.open("source")
          .attribute("network", network.network())
          .attribute("portgroup", network.portgroup())
          .close();
    } else if (source instanceof NetworkSource.Bridge bridge) {
      out.open("source").attribute("bridge", bridge.bridge()).close();
    } else if (source instanceof NetworkSource.Direct direct) {
      out.open("source").attribute("dev", direct.device()).attribute("mode", direct.mode()).close();
    } else if (source instanceof NetworkSource.Vdpa vdpa) {
      out.open("source").attribute("dev", vdpa.device()).close();
    } else if (source instanceof NetworkSource.HostPci host) {
      out.open("source");
      HostDeviceXml.write(host.device(), "pci", out);
      out.close();
      HostDeviceXml.writeTeaming(host.persistentAlias(), out);
    } else if (source instanceof NetworkSource.Socket socket) {
      out.open("source").attribute("address", socket.address()).attribute("port", socket.port());
      if (socket.localPort() != null) {
        out.open("local")
            .attribute("address", socket.localAddress())
            .attribute("port", socket.localPort())
            .close();
      }
      out.close();
    }
  }

  private static void write(NetworkSource.Passt passt, XmlWriter out) {
    if (passt.device() != null) {
      out.open("source").attribute("dev", passt.device()).close();
    }
    out.open("backend").attribute("type", "passt").attribute("logFile", passt.logFile()).close();
  }
}

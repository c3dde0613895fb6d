package io.drover.contracts.definition.network;

import io.drover.contracts.definition.character.CharacterSourceXml;
import io.drover.contracts.definition.host.HostSourceXml;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes what a network interface is connected to. */
public final class NetworkSourceXml {
  private static final String[] TYPES = {
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
    "vhostuser",
    "internal",
    "vds",
    "null",
    "hostdev"
  };

  private NetworkSourceXml() {}

  public static NetworkSource read(XmlElement element) {
    String type = element.values().word("type", TYPES);
    XmlElement source = element.child("source");
    if (type == null) {
      if (element.values().text("type") == null) {
        element.invalid("<interface> needs 'type', as in type='user'.");
      } else if (source != null) {
        source.readWhole();
      }
      return new NetworkSource.Tap();
    }
    if (List.of("vds", "null").contains(type)) {
      element.invalid("type", "QEMU has no interfaces of type '" + type + "'.");
      element.children("source").forEach(XmlElement::readWhole);
      return new NetworkSource.Tap();
    }
    XmlElement backend = element.child("backend");
    boolean passt =
        backend != null && "passt".equals(backend.values().word("type", "default", "passt"));
    if (backend != null && passt && !"user".equals(type)) {
      backend.invalid("type", "passt is for interfaces of type='user' only.");
    }
    if ("user".equals(type)) {
      return user(element, source, backend, passt);
    }
    element.children("portForward").forEach(NetworkSourceXml::onlyForUsers);
    if ("ethernet".equals(type)) {
      return new NetworkSource.Tap();
    }
    if (source == null) {
      element.invalid("<interface type='" + type + "'> needs a <source>.");
      return new NetworkSource.Tap();
    }
    return ofSource(type, element, source);
  }

  private static NetworkSource.User user(
      XmlElement element,
      @Nullable XmlElement source,
      @Nullable XmlElement backend,
      boolean passt) {
    return new NetworkSource.User(
        passt ? new NetworkSource.Passt() : null,
        source == null ? null : source.values().text("dev"),
        backend == null ? null : backend.values().text("logFile"),
        element.children("portForward").stream().map(PortForwards::read).toList());
  }

  private static NetworkSource ofSource(String type, XmlElement element, XmlElement source) {
    XmlValues values = source.values();
    return switch (type) {
      case "network" -> network(values);
      case "vhostuser" -> vhostUser(source);
      case "internal" -> new NetworkSource.Internal(values.required("name"));
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
      address.values().required("type");
      address.values().word("type", "pci");
    }
    XmlElement teaming = element.child("teaming");
    return new NetworkSource.HostPci(
        HostSourceXml.pci(source),
        element.values().yesNo("managed"),
        teaming == null ? null : HostSourceXml.persistent(teaming));
  }

  private static void onlyForUsers(XmlElement forward) {
    forward.invalid("<portForward> is for interfaces of type='user' only.");
    forward.readWhole();
  }

  private static NetworkSource network(XmlValues values) {
    // A running domain's port and bridge, of no meaning for the next start.
    values.text("portid");
    values.text("bridge");
    return new NetworkSource.Network(values.required("network"), values.text("portgroup"));
  }

  private static NetworkSource vhostUser(XmlElement source) {
    XmlValues values = source.values();
    String type = values.required("type");
    if (!type.isEmpty() && !type.equals("unix")) {
      source.invalid("type", "A vhost-user interface has a source of type='unix'.");
    }
    String mode = values.required("mode");
    if (!mode.isEmpty() && !mode.equals("client") && !mode.equals("server")) {
      source.invalid("mode", "'" + mode + "' is not one of client, server.");
    }
    XmlElement reconnect = source.child("reconnect");
    if (reconnect != null && mode.equals("server")) {
      reconnect.invalid("Only a client connects again; use mode='client'.");
    }
    return new NetworkSource.VhostUser(
        values.required("path"), mode, reconnect == null ? null : seconds(reconnect));
  }

  private static @Nullable Integer seconds(XmlElement reconnect) {
    Boolean enabled = reconnect.values().yesNo("enabled");
    if (enabled == null) {
      reconnect.values().required("enabled");
      return null;
    }
    Integer seconds = reconnect.values().integer("timeout", 0, 86_400);
    if (enabled && seconds == null) {
      reconnect.invalid("<reconnect enabled='yes'> needs 'timeout'.");
    }
    return enabled ? seconds : (Integer) 0;
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
    boolean server = mode.equals("server");
    String address = server ? values.text("address") : values.required("address");
    if (source.attribute("port") == null) {
      values.required("port");
    }
    XmlElement local = source.child("local");
    boolean udp = mode.equals("udp");
    if (udp && local == null) {
      source.invalid("An interface of type='udp' needs <local address='..' port='..'/>.");
    }
    return new NetworkSource.Socket(
        mode,
        address,
        values.integerOr("port", 0, 0, 65_535),
        local == null ? null : local.values().required("address"),
        local == null ? null : localPort(local));
  }

  private static @Nullable Integer localPort(XmlElement local) {
    if (local.attribute("port") == null) {
      local.values().required("port");
    }
    return local.values().integer("port", 0, 65_535);
  }

  public static String type(NetworkSource source) {
    if (source instanceof NetworkSource.HostPci) {
      return "hostdev";
    }
    if (source instanceof NetworkSource.VhostUser) {
      return "vhostuser";
    }
    if (source instanceof NetworkSource.Internal) {
      return "internal";
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

  public static void write(NetworkSource source, NetworkSettings settings, XmlWriter out) {
    boolean addressed = !settings.addresses().isEmpty() || !settings.routes().isEmpty();
    if (source instanceof NetworkSource.User user) {
      out.part(user.device(), device -> out.open("source").attribute("dev", device).close());
      PortForwards.write(user.forwards(), out);
    } else if (source instanceof NetworkSource.Tap) {
      if (addressed) {
        out.open("source");
        NetworkSettingsXml.writeAddresses(settings, out);
        out.close();
      }
    } else if (source instanceof NetworkSource.HostPci host) {
      out.open("source");
      HostSourceXml.write(host.device(), "pci", out);
      out.close();
      HostSourceXml.writeTeaming(host.persistentAlias(), out);
    } else {
      out.open("source");
      attributes(source, out);
      NetworkSettingsXml.writeAddresses(settings, out);
      out.close();
    }
  }

  private static void attributes(NetworkSource source, XmlWriter out) {
    if (source instanceof NetworkSource.Network network) {
      out.attribute("network", network.network()).attribute("portgroup", network.portgroup());
    } else if (source instanceof NetworkSource.Internal internal) {
      out.attribute("name", internal.name());
    } else if (source instanceof NetworkSource.Bridge bridge) {
      out.attribute("bridge", bridge.bridge());
    } else if (source instanceof NetworkSource.Direct direct) {
      out.attribute("dev", direct.device()).attribute("mode", direct.mode());
    } else if (source instanceof NetworkSource.Vdpa vdpa) {
      out.attribute("dev", vdpa.device());
    } else if (source instanceof NetworkSource.VhostUser user) {
      out.attribute("type", "unix").attribute("path", user.path()).attribute("mode", user.mode());
      CharacterSourceXml.writeReconnect(user.reconnectSeconds(), out);
    } else if (source instanceof NetworkSource.Socket socket) {
      out.attribute("address", socket.address()).attribute("port", socket.port());
      if (socket.localPort() != null) {
        out.open("local")
            .attribute("address", socket.localAddress())
            .attribute("port", socket.localPort())
            .close();
      }
    }
  }
}

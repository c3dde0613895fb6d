package io.drover.contracts.definition.character;

import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes the host's end of a character device. */
public final class CharacterSourceXml {
  private CharacterSourceXml() {}

  public static CharacterSource read(XmlElement device) {
    String type =
        device
            .values()
            .wordOr(
                "type",
                "pty",
                "pty",
                "null",
                "stdio",
                "vc",
                "unix",
                "tcp",
                "udp",
                "file",
                "dev",
                "pipe",
                "spicevmc",
                "spiceport",
                "qemu-vdagent",
                "dbus");
    if ("nmdm".equals(device.attribute("type"))) {
      device.invalid("type", "Null modem devices exist on FreeBSD only; use type='pty'.");
      device.children("source").forEach(XmlElement::readWhole);
      return new CharacterSource.Simple("pty");
    }
    device.values().text("tty");
    List<XmlElement> sources = device.children("source");
    XmlElement source = sources.isEmpty() ? null : sources.get(0);
    if (source != null) {
      source.children("seclabel").forEach(XmlElement::readWhole);
    }
    XmlElement protocol = device.child("protocol");
    String spoken =
        protocol == null ? null : protocol.values().word("type", "raw", "telnet", "telnets", "tls");
    return switch (type) {
      case "unix" ->
          source == null
              ? new CharacterSource.Unix(null, "bind", null)
              : new CharacterSource.Unix(
                  source.values().text("path"), mode(source), reconnect(source));
      case "tcp" -> tcp(device, source, spoken);
      case "udp" -> udp(device, sources);
      case "file", "dev", "pipe" -> path(device, type, source);
      case "spicevmc" -> new CharacterSource.Spice(null);
      case "spiceport" ->
          new CharacterSource.Spice(
              source == null ? missing(device, type) : source.values().required("channel"));
      case "dbus" ->
          new CharacterSource.Dbus(
              source == null ? missing(device, type) : source.values().required("channel"));
      case "qemu-vdagent" -> agent(source);
      default -> {
        if (source != null) {
          source.values().text("path"); // a live pty's name, of no meaning for the next start
        }
        yield new CharacterSource.Simple(type);
      }
    };
  }

  private static CharacterSource agent(@Nullable XmlElement source) {
    XmlElement clipboard = source == null ? null : source.child("clipboard");
    XmlElement mouse = source == null ? null : source.child("mouse");
    return new CharacterSource.VdAgent(
        clipboard == null ? null : clipboard.values().yesNo("copypaste"),
        mouse == null ? null : mouse.values().word("mode", "server", "client"));
  }

  private static String missing(XmlElement device, String type) {
    device.invalid("<" + device.name() + " type='" + type + "'> needs a <source>.");
    return "";
  }

  private static @Nullable String mode(XmlElement source) {
    return source.values().word("mode", "bind", "connect", "client", "server");
  }

  private static @Nullable Integer reconnect(XmlElement source) {
    XmlElement reconnect = source.child("reconnect");
    if (reconnect == null || Boolean.FALSE.equals(reconnect.values().yesNo("enabled"))) {
      return reconnect == null ? null : (Integer) 0;
    }
    return reconnect.values().requiredInteger("timeout", 1, 86_400);
  }

  private static CharacterSource tcp(
      XmlElement device, @Nullable XmlElement source, @Nullable String protocol) {
    if (source == null) {
      return new CharacterSource.Tcp(missing(device, "tcp"), "", null, protocol, null, null);
    }
    XmlValues values = source.values();
    return new CharacterSource.Tcp(
        values.required("host"),
        values.required("service"),
        mode(source),
        protocol,
        values.word("tls", "yes", "no"),
        reconnect(source));
  }

  private static CharacterSource udp(XmlElement device, List<XmlElement> sources) {
    String host = null;
    String service = null;
    String bindHost = null;
    String bindService = null;
    if (sources.size() > 2) {
      device.invalid("A device of type='udp' has two <source> at most.");
    }
    for (XmlElement source : sources) {
      XmlValues values = source.values();
      if ("bind".equals(mode(source))) {
        bindHost = values.text("host");
        bindService = values.text("service");
      } else {
        host = values.text("host");
        service = values.text("service");
      }
    }
    return new CharacterSource.Udp(
        host, service == null ? missing(device, "udp") : service, bindHost, bindService);
  }

  private static CharacterSource path(XmlElement device, String type, @Nullable XmlElement source) {
    if (source == null) {
      return new CharacterSource.HostPath(type, missing(device, type), null);
    }
    return new CharacterSource.HostPath(
        type, source.values().required("path"), source.values().onOff("append"));
  }

  public static String type(CharacterSource source) {
    if (source instanceof CharacterSource.Simple simple) {
      return simple.kind();
    }
    if (source instanceof CharacterSource.Unix) {
      return "unix";
    }
    if (source instanceof CharacterSource.Tcp) {
      return "tcp";
    }
    if (source instanceof CharacterSource.Udp) {
      return "udp";
    }
    if (source instanceof CharacterSource.HostPath path) {
      return path.kind();
    }
    if (source instanceof CharacterSource.VdAgent) {
      return "qemu-vdagent";
    }
    if (source instanceof CharacterSource.Dbus) {
      return "dbus";
    }
    return ((CharacterSource.Spice) source).channel() == null ? "spicevmc" : "spiceport";
  }

  public static void write(CharacterSource source, XmlWriter out) {
    if (source instanceof CharacterSource.Unix unix) {
      out.open("source").attribute("mode", unix.mode()).attribute("path", unix.path());
      writeReconnect(unix.reconnectSeconds(), out);
      out.close();
    } else if (source instanceof CharacterSource.Tcp tcp) {
      out.open("source")
          .attribute("mode", tcp.mode())
          .attribute("host", tcp.host())
          .attribute("service", tcp.service())
          .attribute("tls", tcp.tls());
      writeReconnect(tcp.reconnectSeconds(), out);
      out.close();
      if (tcp.protocol() != null) {
        out.open("protocol").attribute("type", tcp.protocol()).close();
      }
    } else if (source instanceof CharacterSource.Udp udp) {
      if (udp.bindHost() != null || udp.bindService() != null) {
        out.open("source")
            .attribute("mode", "bind")
            .attribute("host", udp.bindHost())
            .attribute("service", udp.bindService())
            .close();
      }
      out.open("source")
          .attribute("mode", "connect")
          .attribute("host", udp.host())
          .attribute("service", udp.service())
          .close();
    } else if (source instanceof CharacterSource.HostPath path) {
      out.open("source").attribute("path", path.path()).attribute("append", path.append()).close();
    } else if (source instanceof CharacterSource.Spice spice && spice.channel() != null) {
      out.open("source").attribute("channel", spice.channel()).close();
    } else if (source instanceof CharacterSource.Dbus dbus) {
      out.open("source").attribute("channel", dbus.channel()).close();
    } else if (source instanceof CharacterSource.VdAgent agent) {
      out.open("source");
      if (agent.clipboard() != null) {
        out.open("clipboard").yesNo("copypaste", agent.clipboard()).close();
      }
      if (agent.mouse() != null) {
        out.open("mouse").attribute("mode", agent.mouse()).close();
      }
      out.close();
    }
  }

  public static void writeReconnect(@Nullable Integer seconds, XmlWriter out) {
    if (seconds != null) {
      out.open("reconnect")
          .yesNo("enabled", seconds > 0)
          .attribute("timeout", seconds > 0 ? seconds : null)
          .close();
    }
  }
}

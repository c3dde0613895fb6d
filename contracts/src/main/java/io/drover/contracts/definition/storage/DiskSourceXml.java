package io.drover.contracts.definition.storage;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.common.DeviceInfoXml;
import io.drover.contracts.definition.common.SecretReference;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes where a disk image is. */
public final class DiskSourceXml {
  private static final String[] PROTOCOLS = {
    "nbd",
    "rbd",
    "gluster",
    "iscsi",
    "http",
    "https",
    "ftp",
    "ftps",
    "tftp",
    "ssh",
    "nfs",
    "sheepdog",
    "vxhs"
  };

  private static final String[] SECRET_TYPES = {"volume", "ceph", "iscsi", "tls", "vtpm"};

  private DiskSourceXml() {}

  /** The source, or null when {@code <source>} names none. */
  public static @Nullable DiskSource read(
      String type, XmlElement source, @Nullable XmlElement auth) {
    XmlValues values = source.values();
    return switch (type) {
      case "file" -> {
        String path = path(source, "file");
        yield path == null ? null : new DiskSource.File(path, values.text("fdgroup"));
      }
      case "block" -> {
        String path = path(source, "dev");
        yield path == null ? null : new DiskSource.Block(path);
      }
      case "dir" -> {
        String path = path(source, "dir");
        yield path == null ? null : new DiskSource.Directory(path);
      }
      case "volume" -> {
        XmlElement ignored = auth;
        if (ignored != null) {
          ignored.readWhole();
        }
        yield new DiskSource.PooledVolume(
            values.required("pool"),
            values.required("volume"),
            values.word("mode", "host", "direct"));
      }
      case "network" -> network(source, auth);
      case "nvme" -> nvme(source);
      default -> {
        values.word("type", "unix");
        XmlElement reconnect = source.child("reconnect");
        yield new DiskSource.VhostUser(
            values.required("path"), reconnect == null ? null : reconnect(reconnect));
      }
    };
  }

  private static @Nullable String given(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static @Nullable String path(XmlElement source, String attribute) {
    return given(source.values().text(attribute));
  }

  private static @Nullable Integer reconnect(XmlElement element) {
    XmlValues values = element.values();
    Integer timeout = values.integer("timeout", 0, Integer.MAX_VALUE);
    if (!Boolean.TRUE.equals(values.yesNo("enabled"))) {
      return null;
    }
    if (timeout == null) {
      element.invalid("timeout", "<reconnect enabled='yes'> needs 'timeout'.");
    }
    return timeout;
  }

  private static DiskSource network(XmlElement source, @Nullable XmlElement auth) {
    XmlValues values = source.values();
    String protocol = values.word("protocol", PROTOCOLS);
    if (values.text("protocol") == null) {
      values.required("protocol");
    }
    String known = protocol == null ? "" : protocol;
    XmlElement snapshot = source.child("snapshot");
    XmlElement config = source.child("config");
    XmlElement who = auth != null ? auth : source.child("auth");
    List<DiskSource.NetworkHost> hosts =
        source.children("host").stream().map(DiskSourceXml::host).toList();
    return new DiskSource.Network(
        known,
        known.equals("nbd") ? given(values.text("name")) : values.required("name"),
        known.startsWith("http") ? values.text("query") : null,
        hosts,
        snapshot == null ? null : snapshot.values().text("name"),
        config == null ? null : config.values().text("file"),
        who == null ? null : auth(who),
        NetworkOptions.read(source, known));
  }

  private static DiskSource.NetworkHost host(XmlElement element) {
    XmlValues values = element.values();
    String transport = values.word("transport", "tcp", "unix", "rdma");
    String socket = values.text("socket");
    Integer port = values.integer("port", 0, 65_535);
    boolean unix = "unix".equals(transport);
    if (unix && socket == null) {
      element.invalid("socket", "<host transport='unix'> needs 'socket'.");
    }
    if (!unix && socket != null) {
      element.invalid("socket", "Only <host transport='unix'> has a socket.");
    }
    return new DiskSource.NetworkHost(
        unix ? values.text("name") : values.required("name"),
        port == null || port == 0 ? null : port, // zero is the protocol's own
        transport,
        socket);
  }

  private static DiskSource.Auth auth(XmlElement element) {
    XmlElement secret = element.child("secret");
    if (secret == null) {
      element.invalid("<auth> needs a <secret>.");
    }
    if (secret != null) {
      secret.values().required("type");
    }
    return new DiskSource.Auth(
        element.values().required("username"),
        secret == null ? null : secret.values().word("type", SECRET_TYPES),
        secret == null ? new SecretReference(null, null) : SecretReference.read(secret));
  }

  private static @Nullable DiskSource nvme(XmlElement source) {
    XmlValues values = source.values();
    if (values.word("type", "pci") == null) {
      values.required("type");
    }
    XmlElement address = source.child("address");
    if (address != null) {
      address.values().word("type", "pci"); // said by some, and always so
    }
    Address.Pci pci = address == null ? null : DeviceInfoXml.pci(address);
    if (pci == null) {
      source.invalid("A disk of type 'nvme' needs <address domain= bus= slot= function=/>.");
      return null;
    }
    Long namespace = values.number("namespace", 1, 0xffffffffL);
    if (values.text("namespace") == null) {
      values.required("namespace");
    }
    return new DiskSource.Nvme(pci, namespace == null ? 1 : namespace, values.yesNo("managed"));
  }

  public static String type(DiskSource source) {
    if (source instanceof DiskSource.File) {
      return "file";
    }
    if (source instanceof DiskSource.Block) {
      return "block";
    }
    if (source instanceof DiskSource.Directory) {
      return "dir";
    }
    if (source instanceof DiskSource.PooledVolume) {
      return "volume";
    }
    if (source instanceof DiskSource.VhostUser) {
      return "vhostuser";
    }
    return source instanceof DiskSource.Network ? "network" : "nvme";
  }

  public static void writeAttributes(DiskSource source, XmlWriter out) {
    if (source instanceof DiskSource.File file) {
      out.attribute("file", file.path()).attribute("fdgroup", file.fdGroup());
    } else if (source instanceof DiskSource.Block block) {
      out.attribute("dev", block.path());
    } else if (source instanceof DiskSource.Directory directory) {
      out.attribute("dir", directory.path());
    } else if (source instanceof DiskSource.PooledVolume volume) {
      out.attribute("pool", volume.pool())
          .attribute("volume", volume.volume())
          .attribute("mode", volume.mode());
    } else if (source instanceof DiskSource.Network network) {
      out.attribute("protocol", network.protocol())
          .attribute("name", network.name())
          .attribute("query", network.query());
      network.options().writeAttributes(out);
    } else if (source instanceof DiskSource.VhostUser socket) {
      out.attribute("type", "unix").attribute("path", socket.path());
    } else if (source instanceof DiskSource.Nvme nvme) {
      out.attribute("type", "pci")
          .yesNo("managed", nvme.managed())
          .attribute("namespace", nvme.namespace());
    }
  }

  public static void writeChildren(DiskSource source, XmlWriter out) {
    if (source instanceof DiskSource.Nvme nvme) {
      out.open("address");
      DeviceInfoXml.writePci(nvme.address(), out);
      out.close();
    }
    if (source instanceof DiskSource.VhostUser socket && socket.reconnectSeconds() != null) {
      out.open("reconnect").attribute("enabled", "yes");
      out.attribute("timeout", socket.reconnectSeconds()).close();
    }
    if (source instanceof DiskSource.Network network) {
      for (DiskSource.NetworkHost host : network.hosts()) {
        out.open("host")
            .attribute("transport", host.transport())
            .attribute("name", host.name())
            .attribute("port", host.port())
            .attribute("socket", host.socket())
            .close();
      }
      if (network.snapshot() != null) {
        out.open("snapshot").attribute("name", network.snapshot()).close();
      }
      if (network.configFile() != null) {
        out.open("config").attribute("file", network.configFile()).close();
      }
      out.part(
          network.auth(),
          auth -> {
            out.open("auth").attribute("username", auth.username()).open("secret");
            out.attribute("type", auth.secretType());
            auth.secret().write(out);
            out.close().close();
          });
      network.options().writeChildren(out);
    }
  }
}

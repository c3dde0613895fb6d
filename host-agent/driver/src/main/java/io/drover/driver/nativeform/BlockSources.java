package io.drover.driver.nativeform;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where an image's bytes are. */
final class BlockSources {
  private static final Pattern URL =
      Pattern.compile("([a-z]+)://(\\[[^]]+]|[^:/]+)(?::(\\d+))?(/[^?]*)(?:\\?(.*))?");
  private static final Pattern PCI =
      Pattern.compile("([0-9a-f]{4}):([0-9a-f]{2}):([0-9a-f]{2})\\.([0-7])");

  private BlockSources() {}

  /** Reads a storage node into the element that has the type, and into its source. */
  static void read(NativeDraft draft, Markup owner, Markup source, Values storage) {
    String driver = storage.take("driver", "file");
    switch (driver) {
      case "file" -> {
        owner.with("type", "file");
        source.with("file", storage.take("filename"));
      }
      case "host_device", "host_cdrom" -> {
        owner.with("type", "block");
        source.with("dev", storage.take("filename"));
      }
      case "vvfat" -> {
        owner.with("type", "dir");
        source.with("dir", storage.take("dir"));
        storage.take("floppy");
        storage.take("rw");
      }
      case "nvme" -> nvme(owner, source, storage);
      default -> {
        owner.with("type", "network");
        source.with("protocol", driver);
        network(draft, source, driver, storage);
      }
    }
  }

  private static void nvme(Markup owner, Markup source, Values storage) {
    owner.with("type", "nvme");
    source.with("type", "pci").with("managed", "no").with("namespace", storage.take("namespace"));
    Matcher at = PCI.matcher(storage.take("device", ""));
    if (at.matches()) {
      source
          .add("address")
          .with("domain", "0x" + at.group(1))
          .with("bus", "0x" + at.group(2))
          .with("slot", "0x" + at.group(3))
          .with("function", "0x" + at.group(4));
    }
  }

  private static void network(NativeDraft draft, Markup source, String driver, Values storage) {
    switch (driver) {
      case "nbd" -> {
        source.with("name", storage.take("export"));
        host(source, storage.inside("server"));
      }
      case "rbd" -> rbd(draft, source, storage);
      case "iscsi" -> iscsi(draft, source, storage);
      case "gluster" -> {
        String path = storage.take("path");
        source.with("name", storage.take("volume", "") + (path == null ? "" : "/" + path));
        hosts(source, storage);
        storage.take("debug");
      }
      case "ssh" -> {
        source.with("name", storage.take("path"));
        host(source, storage.inside("server"));
        storage.take("server.type");
        auth(draft, source, storage.take("user"), null, null);
      }
      default -> url(draft, source, storage);
    }
  }

  private static void hosts(Markup source, Values storage) {
    for (int i = 0; storage.hasInside("server." + i); i++) {
      host(source, storage.inside("server." + i));
    }
  }

  private static void host(Markup source, Values server) {
    String type = server.take("type", "inet");
    Markup host = source.add("host");
    if (type.equals("unix")) {
      host.with("transport", "unix").with("socket", server.take("path"));
    } else {
      host.with("name", server.take("host")).with("port", server.take("port"));
    }
  }

  private static void rbd(NativeDraft draft, Markup source, Values storage) {
    String image = storage.take("image");
    source.with("name", storage.take("pool", "") + (image == null ? "" : "/" + image));
    hosts(source, storage);
    String snapshot = storage.take("snapshot");
    if (snapshot != null) {
      source.add("snapshot").with("name", snapshot);
    }
    String file = storage.take("conf");
    if (file != null) {
      source.add("config").with("file", file);
    }
    storage.take("auth-client-required.0");
    storage.take("auth-client-required.1");
    auth(draft, source, storage.take("user"), "ceph", storage.take("key-secret"));
  }

  private static void iscsi(NativeDraft draft, Markup source, Values storage) {
    String portal = storage.take("portal", "");
    int colon = portal.lastIndexOf(':');
    source.with("name", storage.take("target", "") + "/" + storage.take("lun", "0"));
    source
        .add("host")
        .with("name", plain(portal.substring(0, Math.max(0, colon))))
        .with("port", portal.substring(colon + 1));
    storage.take("transport");
    auth(draft, source, storage.take("user"), "iscsi", storage.take("password-secret"));
    String initiator = storage.take("initiator-name");
    if (initiator != null) {
      source.add("initiator").add("iqn").with("name", initiator);
    }
  }

  private static void url(NativeDraft draft, Markup source, Values storage) {
    Matcher url = URL.matcher(storage.take("url", ""));
    if (url.matches()) {
      source.with("name", url.group(4).substring(1)).with("query", url.group(5));
      source.add("host").with("name", plain(url.group(2))).with("port", url.group(3));
    }
    auth(draft, source, storage.take("username"), "iscsi", storage.take("password-secret"));
  }

  private static String plain(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  static void auth(
      NativeDraft draft,
      Markup source,
      @Nullable String user,
      @Nullable String type,
      @Nullable String secret) {
    if (user != null && secret != null) {
      Markup auth = source.add("auth").with("username", user);
      Secrets.reference(draft, secret, auth.add("secret").with("type", type));
    } else if (user != null) {
      source
          .add("auth")
          .with("username", user)
          .add("secret")
          .with("type", "iscsi")
          .with("usage", user);
    }
  }
}

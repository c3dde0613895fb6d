package io.drover.definition.fromargv.storage;

import io.drover.definition.fromargv.draft.MutableElement;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.draft.ReferredSecrets;
import io.drover.definition.fromargv.line.NativeOption;
import io.drover.definition.fromargv.line.Values;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where an image's bytes are. */
public final class BlockSources {
  private static final Pattern URL =
      Pattern.compile("([a-z]+)://(\\[[^]]+]|[^:/]+)(?::(\\d+))?(/[^?]*)(?:\\?(.*))?");
  private static final Pattern PCI =
      Pattern.compile("([0-9a-f]{4}):([0-9a-f]{2}):([0-9a-f]{2})\\.([0-7])");

  private BlockSources() {}

  /** Reads a storage node into the element that has the type, and into its source. */
  public static void read(
      ParsedCommandLine draft, MutableElement owner, MutableElement source, Values storage) {
    String driver = storage.take("driver", "file");
    switch (driver) {
      case "file" -> {
        owner.with("type", "file");
        source.with("file", plainFile(draft, storage));
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

  /** A set of descriptors is no file that there is a second time. */
  private static @Nullable String plainFile(ParsedCommandLine draft, Values storage) {
    String file = storage.take("filename");
    if (file != null && file.startsWith("/dev/fdset/")) {
      draft.unknownParts(new NativeOption("-blockdev", null), Map.of("filename", file));
    }
    return file;
  }

  private static void nvme(MutableElement owner, MutableElement source, Values storage) {
    owner.with("type", "nvme");
    source.with("type", "pci").with("managed", "no").with("namespace", storage.take("namespace"));
    Matcher at = PCI.matcher(storage.take("device", ""));
    if (!at.matches()) {
      storage.keep("driver", "nvme");
    } else {
      source
          .add("address")
          .with("domain", "0x" + at.group(1))
          .with("bus", "0x" + at.group(2))
          .with("slot", "0x" + at.group(3))
          .with("function", "0x" + at.group(4));
    }
  }

  private static void network(
      ParsedCommandLine draft, MutableElement source, String driver, Values storage) {
    switch (driver) {
      case "nbd" -> {
        source.with("name", storage.take("export"));
        tls(draft, source, storage);
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
      case "nfs" -> nfs(source, storage);
      default -> url(draft, source, driver, storage);
    }
  }

  private static void tls(ParsedCommandLine draft, MutableElement source, Values storage) {
    Values credentials = draft.backends().use("-object", storage.take("tls-creds"));
    if (credentials != null) {
      credentials.takeLeft(); // where certificates are is the host's affair
      source.with("tls", "yes").with("tlsHostname", storage.take("tls-hostname"));
    }
  }

  private static void nfs(MutableElement source, Values storage) {
    source.with("name", storage.take("path"));
    host(source, storage.inside("server"));
    String user = storage.take("user");
    String group = storage.take("group");
    if (user != null || group != null) {
      source
          .add("identity")
          .with("user", user == null ? null : "+" + user)
          .with("group", group == null ? null : "+" + group);
    }
  }

  private static void hosts(MutableElement source, Values storage) {
    for (int i = 0; storage.hasInside("server." + i); i++) {
      host(source, storage.inside("server." + i));
    }
  }

  private static void host(MutableElement source, Values server) {
    String type = server.take("type", "inet");
    MutableElement host = source.add("host");
    if (type.equals("unix")) {
      host.with("transport", "unix").with("socket", server.take("path"));
    } else {
      String port = server.take("port");
      host.with("name", server.take("host")).with("port", "0".equals(port) ? null : port);
    }
  }

  private static void rbd(ParsedCommandLine draft, MutableElement source, Values storage) {
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

  private static void iscsi(ParsedCommandLine draft, MutableElement source, Values storage) {
    String portal = storage.take("portal", "");
    int colon = portal.lastIndexOf(':');
    source.with("name", storage.take("target", "") + "/" + storage.take("lun", "0"));
    source
        .add("host")
        .with("name", plain(colon < 0 ? portal : portal.substring(0, colon)))
        .with("port", colon < 0 ? null : portal.substring(colon + 1));
    if (storage.is("transport", "tcp")) {
      storage.take("transport");
    }
    auth(draft, source, storage.take("user"), "iscsi", storage.take("password-secret"));
    String initiator = storage.take("initiator-name");
    if (initiator != null) {
      source.add("initiator").add("iqn").with("name", initiator);
    }
  }

  private static void url(
      ParsedCommandLine draft, MutableElement source, String driver, Values storage) {
    String text = storage.take("url", "");
    Matcher url = URL.matcher(text);
    if (url.matches() && url.group(1).equals(driver)) {
      source.with("name", unescaped(url.group(4).substring(1))).with("query", url.group(5));
      source.add("host").with("name", plain(url.group(2))).with("port", url.group(3));
    } else {
      storage.keep("url", text);
    }
    String verified = storage.takeYesNo("sslverify");
    if (verified != null) {
      source.add("ssl").with("verify", verified);
    }
    String bytes = storage.take("readahead");
    if (bytes != null) {
      source.add("readahead").with("size", bytes);
    }
    String seconds = storage.take("timeout");
    if (seconds != null) {
      source.add("timeout").with("seconds", seconds);
    }
    auth(draft, source, storage.take("username"), "iscsi", storage.take("password-secret"));
  }

  private static String unescaped(String path) {
    byte[] bytes = new byte[path.length()];
    int length = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean coded =
          c == '%'
              && path.length() > i + 2
              && path.substring(i + 1, i + 3).matches("[0-9A-Fa-f]{2}");
      if (c > 0x7f) {
        return path; // not escaped, so taken as it is
      }
      bytes[length++] = (byte) (coded ? Integer.parseInt(path.substring(i + 1, i + 3), 16) : c);
      i += coded ? 2 : 0;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static String plain(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  static void auth(
      ParsedCommandLine draft,
      MutableElement source,
      @Nullable String user,
      @Nullable String type,
      @Nullable String secret) {
    if (user != null && secret != null) {
      MutableElement auth = source.add("auth").with("username", user);
      ReferredSecrets.reference(draft, secret, auth.add("secret").with("type", type));
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

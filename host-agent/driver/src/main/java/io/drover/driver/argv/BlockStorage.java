package io.drover.driver.argv;

import io.drover.contracts.definition.DiskSource;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How QEMU reaches the bytes of an image. */
final class BlockStorage {
  private static final int GLUSTER_LOG_LEVEL = 4;
  private static final Map<String, Integer> PORTS =
      Map.of(
          "nbd", 10809, "http", 80, "https", 443, "ftp", 21, "ftps", 990, "iscsi", 3260, "ssh", 22,
          "gluster", 24007, "tftp", 69);

  private BlockStorage() {}

  /**
   * The members that say where; the caller adds the node's name.
   *
   * @param secretId the id of the secret object that is added when the server asks who we are
   */
  static Props of(
      DiskSource source,
      boolean floppy,
      @Nullable String aio,
      String secretId,
      Placed placed,
      Arguments out) {
    if (source instanceof DiskSource.File file) {
      return Props.device("file").put("filename", file.path()).put("aio", aio);
    }
    if (source instanceof DiskSource.Block block) {
      return Props.device("host_device").put("filename", block.path()).put("aio", aio);
    }
    if (source instanceof DiskSource.Directory directory) {
      return Props.device("vvfat")
          .put("dir", directory.path())
          .put("floppy", floppy)
          .put("rw", false);
    }
    if (source instanceof DiskSource.Nvme nvme) {
      return Props.device("nvme")
          .put(
              "device",
              String.format(
                  Locale.ROOT,
                  "%04x:%02x:%02x.%x",
                  nvme.address().domain(),
                  nvme.address().bus(),
                  nvme.address().slot(),
                  nvme.address().function()))
          .put("namespace", nvme.namespace());
    }
    if (source instanceof DiskSource.Network network) {
      return network(network, secretId, placed, out);
    }
    DiskSource.Volume volume = (DiskSource.Volume) source;
    throw new ProblemException(
        ErrorCode.INVALID_DEFINITION,
        "The volume '"
            + volume.volume()
            + "' of the pool '"
            + volume.pool()
            + "' has no place here; only its host knows the path.");
  }

  private static Props network(
      DiskSource.Network network, String secretId, Placed placed, Arguments out) {
    String secret =
        network.auth() == null
            ? null
            : SecretObjects.add(placed, out, secretId, network.auth().secret());
    String user = network.auth() == null ? null : network.auth().username();
    return switch (network.protocol()) {
      case "nbd" ->
          Props.device("nbd").put("server", server(network)).put("export", network.name());
      case "rbd" -> rbd(network, user, secret);
      case "iscsi" -> iscsi(network, user, secret);
      case "http", "https", "ftp", "ftps" ->
          Props.device(network.protocol())
              .put("url", url(network))
              .put("username", user)
              .put("password-secret", secret);
      case "gluster" -> gluster(network);
      case "ssh" -> ssh(network, user);
      default ->
          throw new ProblemException(
              ErrorCode.INVALID_DEFINITION,
              "The protocol '" + network.protocol() + "' is not one that QEMU here speaks.");
    };
  }

  private static DiskSource.NetworkHost host(DiskSource.Network network) {
    return network.hosts().isEmpty()
        ? new DiskSource.NetworkHost("localhost", null, null, null)
        : network.hosts().get(0);
  }

  private static int port(DiskSource.Network network, DiskSource.NetworkHost host) {
    return host.port() == null ? PORTS.getOrDefault(network.protocol(), 0) : host.port();
  }

  private static Props server(DiskSource.Network network) {
    return server(network, host(network));
  }

  private static Props server(DiskSource.Network network, DiskSource.NetworkHost host) {
    if ("unix".equals(host.transport())) {
      return new Props().put("type", "unix").put("path", host.socket());
    }
    return new Props()
        .put("type", "inet")
        .put("host", host.name())
        .put("port", Integer.toString(port(network, host)));
  }

  private static String url(DiskSource.Network network) {
    DiskSource.NetworkHost host = host(network);
    String name = network.name() == null ? "" : network.name();
    String authority =
        host.name() != null && host.name().contains(":") ? "[" + host.name() + "]" : host.name();
    return network.protocol()
        + "://"
        + authority
        + ":"
        + port(network, host)
        + (name.startsWith("/") ? "" : "/")
        + name
        + (network.query() == null ? "" : "?" + network.query());
  }

  private static Props rbd(
      DiskSource.Network network, @Nullable String user, @Nullable String secret) {
    String name = network.name() == null ? "" : network.name();
    int slash = name.indexOf('/');
    Props rbd =
        Props.device("rbd")
            .put("pool", slash < 0 ? name : name.substring(0, slash))
            .put("image", slash < 0 ? null : name.substring(slash + 1))
            .put("snapshot", network.snapshot())
            .put("conf", network.configFile());
    if (!network.hosts().isEmpty()) {
      List<Props> servers =
          network.hosts().stream()
              .map(
                  host ->
                      new Props()
                          .put("host", host.name())
                          .put("port", Integer.toString(host.port() == null ? 6789 : host.port())))
              .toList();
      rbd.put("server", servers);
    }
    rbd.put("user", user);
    if (secret != null) {
      rbd.put("auth-client-required", List.of("cephx", "none")).put("key-secret", secret);
    }
    return rbd;
  }

  private static Props iscsi(
      DiskSource.Network network, @Nullable String user, @Nullable String secret) {
    DiskSource.NetworkHost host = host(network);
    String name = network.name() == null ? "" : network.name();
    int slash = name.lastIndexOf('/');
    String address =
        host.name() != null && host.name().contains(":") ? "[" + host.name() + "]" : host.name();
    return Props.device("iscsi")
        .put("portal", address + ":" + port(network, host))
        .put("target", slash < 0 ? name : name.substring(0, slash))
        .put("lun", slash < 0 ? (Object) 0 : Long.valueOf(name.substring(slash + 1)))
        .put("transport", "tcp")
        .put("user", user)
        .put("password-secret", secret);
  }

  private static Props gluster(DiskSource.Network network) {
    String name = network.name() == null ? "" : network.name();
    int slash = name.indexOf('/');
    List<Props> servers = network.hosts().stream().map(host -> server(network, host)).toList();
    return Props.device("gluster")
        .put("volume", slash < 0 ? name : name.substring(0, slash))
        .put("path", slash < 0 ? "" : name.substring(slash + 1))
        .put("server", servers)
        .put("debug", GLUSTER_LOG_LEVEL);
  }

  private static Props ssh(DiskSource.Network network, @Nullable String user) {
    DiskSource.NetworkHost host = host(network);
    return Props.device("ssh")
        .put("path", network.name())
        .put(
            "server",
            new Props().put("host", host.name()).put("port", Integer.toString(port(network, host))))
        .put("user", user);
  }
}

package io.drover.definition.argv.storage;

import io.drover.contracts.definition.storage.DiskSource;
import io.drover.contracts.definition.storage.NetworkOptions;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.SecretObjects;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How QEMU reaches an image that a server has. */
final class NetworkStorage {
  private static final int GLUSTER_LOG_LEVEL = 4;
  private static final Map<String, Integer> PORTS =
      Map.of(
          "nbd", 10809, "http", 80, "https", 443, "ftp", 21, "ftps", 990, "iscsi", 3260, "ssh", 22,
          "gluster", 24007);

  /** What a URL's path keeps as it is; all else is escaped byte by byte. */
  private static final String URL_SAFE = "-_.!~*'();/@&=+$,";

  private final DiskSource.Network network;
  private final String node;
  private final ArgvContext placed;

  /**
   * @param node the image's node, which the ids of its objects begin with
   */
  NetworkStorage(DiskSource.Network network, String node, ArgvContext placed) {
    this.network = network;
    this.node = node;
    this.placed = placed;
  }

  /** Where the image is, with the secrets and certificates that it is reached by. */
  Storage storage() {
    DiskSource.Auth auth = network.auth();
    String user = auth == null ? null : auth.username();
    JsonOption secret =
        auth == null
            ? null
            : SecretObjects.of(placed, node + "-storage-auth-secret0", auth.secret());
    String key = secret == null ? null : secret.id();
    JsonOption more = null;
    Props props;
    switch (network.protocol()) {
      case "nbd" -> {
        more = certificates();
        props = nbd(more == null ? null : more.id());
      }
      case "http", "https", "ftp", "ftps" -> {
        more = cookies();
        props = curl(user, key, more == null ? null : more.id());
      }
      case "rbd" -> props = rbd(user, key);
      case "iscsi" -> props = iscsi(user, key);
      case "gluster" -> props = gluster();
      case "ssh" ->
          props =
              Props.device("ssh")
                  .put("path", network.name())
                  .put("server", inet())
                  .put("user", user);
      case "nfs" -> props = nfs();
      default ->
          throw new ProblemException(
              ErrorCode.INVALID_DEFINITION,
              "The protocol '" + network.protocol() + "' is not one that this QEMU supports.");
    }
    return new Storage(Stream.of(secret, more).flatMap(Stream::ofNullable).toList(), props);
  }

  private NetworkOptions options() {
    return network.options();
  }

  private String name() {
    return network.name() == null ? "" : network.name();
  }

  private DiskSource.NetworkHost host() {
    return network.hosts().isEmpty()
        ? new DiskSource.NetworkHost("localhost", null, null, null)
        : network.hosts().get(0);
  }

  private int port(DiskSource.NetworkHost host) {
    return host.port() == null ? PORTS.getOrDefault(network.protocol(), 0) : host.port();
  }

  private static @Nullable String bracketed(@Nullable String name) {
    return name != null && name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name;
  }

  /** A server's address without saying of what kind: only TCP is possible. */
  private Props inet() {
    DiskSource.NetworkHost host = host();
    return new Props().put("host", host.name()).put("port", Integer.toString(port(host)));
  }

  private Props server(DiskSource.NetworkHost host) {
    if ("unix".equals(host.transport())) {
      return new Props().put("type", "unix").put("path", host.socket());
    }
    return new Props()
        .put("type", "inet")
        .put("host", host.name())
        .put("port", Integer.toString(port(host)));
  }

  private @Nullable JsonOption certificates() {
    if (!Boolean.TRUE.equals(options().tls())) {
      return null;
    }
    return JsonOption.object(
        Props.object("tls-creds-x509", "obj" + node + "-storage_tls0")
            .put("dir", placed.layout().bindings().nbdTls())
            .put("endpoint", "client")
            .put("verify-peer", true));
  }

  private Props nbd(@Nullable String credentials) {
    return Props.device("nbd")
        .put("server", server(host()))
        .put("export", name().isEmpty() ? null : name())
        .put("tls-creds", credentials)
        .put("tls-hostname", credentials == null ? null : options().tlsHostname());
  }

  private @Nullable JsonOption cookies() {
    if (options().cookies().isEmpty()) {
      return null;
    }
    String text =
        options().cookies().entrySet().stream()
            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
            .collect(Collectors.joining("; "));
    return SecretObjects.of(
        node + "-storage-httpcookie-secret0", placed.secrets().sealed("cookies-of-" + node, text));
  }

  private Props curl(@Nullable String user, @Nullable String secret, @Nullable String cookies) {
    return Props.device(network.protocol())
        .put("url", url())
        .put("username", user)
        .put("password-secret", secret)
        .put("sslverify", options().sslVerify())
        .put("cookie-secret", cookies)
        .put("timeout", positive(options().timeout()))
        .put("readahead", positive(options().readahead()));
  }

  /** Nothing said and zero are the same to libvirt. */
  private static @Nullable Long positive(@Nullable Long number) {
    return number == null || number == 0 ? null : number;
  }

  private String url() {
    DiskSource.NetworkHost host = host();
    return network.protocol()
        + "://"
        + bracketed(host.name())
        + ":"
        + port(host)
        + (name().startsWith("/") ? "" : "/")
        + escaped(name())
        + (network.query() == null ? "" : "?" + network.query());
  }

  private static String escaped(String path) {
    StringBuilder url = new StringBuilder();
    for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (plain || URL_SAFE.indexOf(c) >= 0) {
        url.append(c);
      } else {
        url.append(String.format("%%%02X", (int) c));
      }
    }
    return url.toString();
  }

  private Props rbd(@Nullable String user, @Nullable String secret) {
    int slash = name().indexOf('/');
    Props rbd =
        Props.device("rbd")
            .put("pool", slash < 0 ? name() : name().substring(0, slash))
            .put("image", slash < 0 ? null : name().substring(slash + 1))
            .put("snapshot", network.snapshot())
            .put("conf", network.configFile());
    if (!network.hosts().isEmpty()) {
      List<Props> servers =
          network.hosts().stream()
              .map(
                  host ->
                      new Props()
                          .put("host", host.name())
                          .put("port", Integer.toString(port(host))))
              .toList();
      rbd.put("server", servers);
    }
    rbd.put("user", user);
    if (secret != null) {
      rbd.put("auth-client-required", List.of("cephx", "none")).put("key-secret", secret);
    }
    return rbd;
  }

  private Props iscsi(@Nullable String user, @Nullable String secret) {
    DiskSource.NetworkHost host = host();
    int slash = name().indexOf('/');
    return Props.device("iscsi")
        .put("portal", bracketed(host.name()) + ":" + port(host))
        .put("target", slash < 0 ? name() : name().substring(0, slash))
        .put("lun", slash < 0 ? (Object) 0 : Long.valueOf(name().substring(slash + 1)))
        .put("transport", "tcp")
        .put("user", user)
        .put("password-secret", secret)
        .put("initiator-name", options().initiator());
  }

  private Props gluster() {
    int slash = name().indexOf('/');
    List<Props> servers = network.hosts().stream().map(this::server).toList();
    return Props.device("gluster")
        .put("volume", slash < 0 ? name() : name().substring(0, slash))
        .put("path", slash < 0 ? "" : name().substring(slash + 1))
        .put("server", servers)
        .put("debug", GLUSTER_LOG_LEVEL);
  }

  private Props nfs() {
    return Props.device("nfs")
        .put("server", new Props().put("host", host().name()).put("type", "inet"))
        .put("path", network.name())
        .put("user", number(options().user()))
        .put("group", number(options().group()));
  }

  /** The number of a user or group: nobody else's than root's is the same on every host. */
  private static @Nullable Long number(@Nullable String name) {
    if (name == null) {
      return null;
    }
    if (name.equals("root")) {
      return 0L;
    }
    if (!name.matches("\\+?\\d{1,9}")) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "<identity> needs numbers, such as '+107': what '"
              + name
              + "' stands for differs from host to host.");
    }
    return Long.valueOf(name.startsWith("+") ? name.substring(1) : name);
  }
}

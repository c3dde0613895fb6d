package io.drover.driver;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * Where a driver keeps its files; the same tree as libvirt's embedded driver. Domains have short,
 * hashed folders under {@code state}, so that names and ids do not eat into the length of sockets.
 *
 * @param root of an embedded driver; empty for system and session, whose folders lie apart
 * @param log the logs of QEMU and consoles
 * @param config persistent configuration
 * @param pki certificates of displays
 * @param state the journal and the sockets of running domains
 * @param cache what can be found out again
 * @param lib volumes' firmware variables and the like
 */
public record DriverLayout(
    Optional<Path> root,
    Path log,
    Path swtpmLog,
    Path config,
    Path pki,
    Path state,
    Path swtpmState,
    Path cache,
    Path lib,
    Path swtpmLib) {
  /** The folder, of a host or a user, under which everything is this driver's. */
  private static final Path OURS = Path.of("drover");

  /** {@code sun_path} has 108 bytes, the terminating zero included. */
  private static final int MAX_SOCKET_BYTES = 107;

  /** A slash, eight hex digits, a slash and the longest socket name of a domain. */
  private static final int DOMAIN_SOCKET_BYTES = 1 + 8 + 1 + 24;

  /** The longest {@code root} of an embedded driver, in bytes. */
  public static final int MAX_ROOT_BYTES =
      MAX_SOCKET_BYTES - DOMAIN_SOCKET_BYTES - "/run/qemu".length();

  /**
   * Reads a connection URI: {@code qemu:///embed?root=/abs/dir}, {@code qemu:///system} or {@code
   * qemu:///session}.
   *
   * @param environment of this process, for the folders of a session
   */
  public static DriverLayout of(URI uri, Function<String, Optional<String>> environment) {
    if (!"qemu".equals(uri.getScheme()) || uri.getAuthority() != null) {
      throw refused(uri, "only local qemu:/// connections exist");
    }
    String path = uri.getPath() == null ? "" : uri.getPath();
    return switch (path) {
      case "/embed" -> embedded(uri);
      case "/system" -> system();
      case "/session" -> session(environment);
      default -> throw refused(uri, "the path must be /embed, /system or /session");
    };
  }

  private static DriverLayout embedded(URI uri) {
    String root = queryOf(uri).get("root");
    if (root == null || root.isEmpty()) {
      throw refused(uri, "the parameter root is missing: qemu:///embed?root=/some/dir");
    }
    Path path = absolute(uri, root);
    if (path.getNameCount() == 0) {
      throw refused(uri, "the root must be a folder of the program's own, as /var/tmp/embed");
    }
    return under(path);
  }

  /** The tree of an embedded driver. */
  public static DriverLayout under(Path root) {
    int bytes = root.toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_ROOT_BYTES) {
      throw new ProblemException(
          ErrorCode.LIMIT_EXCEEDED,
          "The root "
              + root
              + " has "
              + bytes
              + " bytes; sockets of domains would not fit into 108, so use a root of at most "
              + MAX_ROOT_BYTES
              + " bytes.");
    }
    return new DriverLayout(
        Optional.of(root),
        root.resolve("log/qemu"),
        root.resolve("log/swtpm"),
        root.resolve("etc/qemu"),
        root.resolve("etc/pki/qemu"),
        root.resolve("run/qemu"),
        root.resolve("run/swtpm"),
        root.resolve("cache/qemu"),
        root.resolve("lib/qemu"),
        root.resolve("lib/swtpm"));
  }

  /** As libvirt's system instance, under our own name: both may run on one host. */
  private static DriverLayout system() {
    return new DriverLayout(
        Optional.empty(),
        Path.of("/var/log/drover/qemu"),
        Path.of("/var/log/swtpm/drover/qemu"),
        Path.of("/etc/drover/qemu"),
        Path.of("/etc/pki/qemu"),
        Path.of("/run/drover/qemu"),
        Path.of("/run/drover/qemu/swtpm"),
        Path.of("/var/cache/drover/qemu"),
        Path.of("/var/lib/drover/qemu"),
        Path.of("/var/lib/drover/swtpm"));
  }

  private static DriverLayout session(Function<String, Optional<String>> environment) {
    Path home = Path.of(environment.apply("HOME").orElse("/"));
    Path config = folder(environment, "XDG_CONFIG_HOME", home.resolve(".config"));
    Path cache = folder(environment, "XDG_CACHE_HOME", home.resolve(".cache"));
    Path run = folder(environment, "XDG_RUNTIME_DIR", cache);
    Path ours = Path.of("drover", "qemu");
    DriverLayout layout =
        new DriverLayout(
            Optional.empty(),
            cache.resolve(ours).resolve("log"),
            cache.resolve(ours).resolve("log/swtpm"),
            config.resolve(ours),
            home.resolve(".pki/qemu"),
            run.resolve(ours).resolve("run"),
            run.resolve(ours).resolve("run/swtpm"),
            cache.resolve(ours).resolve("cache"),
            config.resolve(ours).resolve("lib"),
            config.resolve(ours).resolve("lib/swtpm"));
    return layout.requireShortSockets();
  }

  private DriverLayout requireShortSockets() {
    requireShort(state, "XDG_RUNTIME_DIR");
    // The sockets of probes.
    requireShort(cache, "XDG_CACHE_HOME");
    return this;
  }

  private static void requireShort(Path folder, String variable) {
    int room = MAX_SOCKET_BYTES - DOMAIN_SOCKET_BYTES;
    int bytes = folder.toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > room) {
      throw new ProblemException(
          ErrorCode.LIMIT_EXCEEDED,
          "The folder "
              + folder
              + " has "
              + bytes
              + " bytes and its sockets would not fit into 108; set "
              + variable
              + " to a shorter one, so that at most "
              + room
              + " are needed.");
    }
  }

  /** Whether a folder of this layout, or above one, is there for the driver alone. */
  public boolean owns(Path folder) {
    return root.map(folder::startsWith)
        .orElseGet(() -> StreamSupport.stream(folder.spliterator(), false).anyMatch(OURS::equals));
  }

  /** Where secrets are kept that the program has defined. */
  public Path secrets() {
    return config.resolveSibling("secrets");
  }

  /** The settings of this driver, as libvirt's {@code qemu.conf}; need not exist. */
  public Path settings() {
    return config.resolveSibling("qemu.conf");
  }

  private static Path folder(
      Function<String, Optional<String>> environment, String variable, Path otherwise) {
    return environment
        .apply(variable)
        .filter(dir -> dir.startsWith("/"))
        .map(Path::of)
        .orElse(otherwise);
  }

  private static Path absolute(URI uri, String root) {
    try {
      Path path = Path.of(root);
      if (!path.isAbsolute()) {
        throw refused(uri, "the root path must be absolute");
      }
      return path.normalize();
    } catch (InvalidPathException e) {
      throw refused(uri, "the root is not a path");
    }
  }

  private static Map<String, String> queryOf(URI uri) {
    Map<String, String> found = new java.util.HashMap<>();
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        String value = pair.substring(equals + 1).replace("+", "%2B");
        found.put(pair.substring(0, equals), URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
    return found;
  }

  private static ProblemException refused(URI uri, String why) {
    return new ProblemException(
        ErrorCode.INVALID_REQUEST, "The connection " + uri + " cannot be opened: " + why + ".");
  }

  /** The variables of one domain's UEFI firmware; they outlive its runs. */
  public Path nvram(DomainId id) {
    return lib.resolve("nvram").resolve(id + "_VARS.fd");
  }
}

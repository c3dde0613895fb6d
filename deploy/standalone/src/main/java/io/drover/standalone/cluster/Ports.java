package io.drover.standalone.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The TCP port of each part, all on loopback. The preferred ones are kept in a file; one that
 * another program holds is moved to a free one, and the move is told.
 */
public final class Ports {
  private static final Path CONNECTIONS = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final int LOWEST = 10_000;
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 101));

  private final Map<Part, Integer> chosen;
  private final Map<Part, String> moves;

  private Ports(Map<Part, Integer> chosen, Map<Part, String> moves) {
    this.chosen = chosen;
    this.moves = moves;
  }

  /** What listens. */
  public enum Part {
    GATEWAY(8080),
    SCHEDULER(8081),
    SECRETS(8082),
    AGENT(8083),
    KEYCLOAK(18080),
    POSTGRESQL(15432),
    KAFKA(19092),
    KAFKA_CONTROLLER(19093),
    TRACES(14318);

    private final int preferred;

    Part(int preferred) {
      this.preferred = preferred;
    }

    /** The port that is taken when nobody else has it. */
    public int preferred() {
      return preferred;
    }
  }

  /** Reads {@code file} if it is there, moves what is taken, and writes the choice back. */
  public static Ports choose(Path file) throws IOException {
    Properties kept = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        kept.load(reader);
      }
    }
    Map<Part, Integer> chosen = new EnumMap<>(Part.class);
    Map<Part, String> moves = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      int port =
          Integer.parseInt(kept.getProperty(part.name(), Integer.toString(part.preferred())));
      if (!free(port) || chosen.containsValue(port)) {
        String holder = PortHolder.of(port).orElse("another program");
        int free = otherThan(chosen);
        String name = part.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        moves.put(part, name + ": port " + port + " is held by " + holder + ", moved to " + free);
        port = free;
      }
      chosen.put(part, port);
    }
    Ports ports = new Ports(chosen, moves);
    ports.write(file);
    return ports;
  }

  /** Free ports for everything, for a second suite on this machine. */
  public static Ports free() throws IOException {
    Map<Part, Integer> chosen = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      chosen.put(part, otherThan(chosen));
    }
    return new Ports(chosen, Map.of());
  }

  public int of(Part part) {
    return java.util.Objects.requireNonNull(chosen.get(part));
  }

  /** Of all parts. */
  List<Integer> all() {
    return List.copyOf(chosen.values());
  }

  /** Which parts could not keep their last or preferred port. */
  public Set<Part> moved() {
    return Set.copyOf(moves.keySet());
  }

  /** A sentence for each move: what listens, who holds its port, where it went. */
  public List<String> moves() {
    return List.copyOf(moves.values());
  }

  private static int otherThan(Map<Part, Integer> chosen) throws IOException {
    int port = anyFree();
    while (chosen.containsValue(port)) {
      port = anyFree();
    }
    return port;
  }

  private void write(Path file) throws IOException {
    Properties properties = new Properties();
    chosen.forEach((part, port) -> properties.setProperty(part.name(), port.toString()));
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, "Ports of the suite; change one while it is stopped");
    }
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      // In use, or not allowed: either way it is not ours.
      return false;
    }
  }

  /**
   * One that no outgoing connection is given while its part is started again: below those that the
   * kernel takes for these. Every call, and every process, looks at others first.
   */
  static int anyFree() throws IOException {
    int above = firstOfConnections();
    for (int tried = LOWEST; tried < above; tried++) {
      int port = LOWEST + Math.floorMod(NEXT.getAndIncrement(), above - LOWEST);
      if (free(port)) {
        return port;
      }
    }
    throw new IOException(
        "No port from "
            + LOWEST
            + " to "
            + (above - 1)
            + " is free on loopback; end what listens.");
  }

  /** The kernel gives numbers of a setting to the first read alone, so it must take all of them. */
  private static int firstOfConnections() throws IOException {
    try (BufferedReader range = Files.newBufferedReader(CONNECTIONS)) {
      String[] limits = String.valueOf(range.readLine()).strip().split("\\s+");
      return Math.max(Integer.parseInt(limits[0]), 2 * LOWEST);
    }
  }
}

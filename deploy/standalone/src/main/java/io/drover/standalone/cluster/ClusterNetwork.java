package io.drover.standalone.cluster;

import io.drover.standalone.process.SystemCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * The network namespace of a host beside the first. Its loopback leads to the suite's ports on the
 * machine's loopback, and to no other port; the machine's loopback leads to its agent. Cutting its
 * cable is what an unplugged host is like. Needs root, {@code ip} and {@code nft}.
 */
final class ClusterNetwork implements AutoCloseable {
  private final String name;
  private final String cable;
  private final String near;
  private final String far;

  private ClusterNetwork(Path data, int number) {
    CRC32 crc = new CRC32();
    crc.update(data.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8));
    String hash = "%08x".formatted(crc.getValue());
    name = "drover_" + hash + "_h" + number;
    cable = "dh" + hash + number;
    // Of a private range: Keycloak takes callers of no other one for strangers, and asks for TLS.
    String network =
        "10.%d.%d.".formatted(128 + (crc.getValue() >> 8 & 0x7f), crc.getValue() & 0xff);
    near = network + (4 * number + 1);
    far = network + (4 * number + 2);
  }

  /**
   * Makes it; what a killed launcher left of it is removed first.
   *
   * @param suite the ports of the machine's loopback that the host may reach
   * @param agent the port of its agent
   */
  static ClusterNetwork open(Path data, int number, List<Integer> suite, int agent)
      throws IOException, InterruptedException {
    ClusterNetwork network = new ClusterNetwork(data, number);
    network.remove();
    try {
      network.make(data.resolve("run"), suite, agent);
      return network;
    } catch (IOException | InterruptedException e) {
      network.remove();
      throw e;
    }
  }

  /** Removes those of a data folder whose launcher was killed. */
  static void removeAll(Path data) {
    if (!HostFolder.isRoot()) {
      return;
    }
    for (int number = 2; number <= ClusterOptions.MAX_HOSTS; number++) {
      ClusterNetwork network = new ClusterNetwork(data, number);
      if (Files.exists(network.namespace())) {
        network.close();
      }
    }
  }

  private void make(Path run, List<Integer> suite, int agent)
      throws IOException, InterruptedException {
    require("ip netns add", name);
    require("ip link add", cable, "type veth peer name up0 netns", name);
    require("ip addr add", near + "/30 dev", cable);
    require("ip link set", cable, "up");
    inside("ip link set lo up");
    inside("ip addr add", far + "/30 dev up0");
    inside("ip link set up0 up");
    // Without it the kernel drops what goes to or comes from 127.0.0.1 on a cable.
    require("sysctl -q -w", "net.ipv4.conf." + cable + ".route_localnet=1");
    inside("sysctl -q -w net.ipv4.conf.up0.route_localnet=1");
    Path rules = run.resolve(name + ".nft");
    Files.writeString(rules, rules(cable, List.of(agent), far, suite));
    require("nft -f", rules.toString());
    Files.writeString(rules, rules("up0", suite, near, List.of(agent)));
    inside("nft -f", rules.toString());
    Files.delete(rules);
  }

  /**
   * The rules of one end of the cable.
   *
   * @param there ports of this loopback that are the other end's
   * @param here ports of this loopback that the other end may reach
   */
  private String rules(String device, List<Integer> there, String other, List<Integer> here) {
    return """
        table ip %s {
          chain there {
            type nat hook output priority -100
            ip daddr 127.0.0.1 tcp dport { %s } dnat to %s
          }
          chain source {
            type nat hook postrouting priority 100
            oifname "%s" ip saddr 127.0.0.0/8 masquerade
          }
          chain here {
            type nat hook prerouting priority -100
            iifname "%s" tcp dport { %s } dnat to 127.0.0.1
          }
          chain closed {
            type filter hook input priority 0
            iifname "%s" ct state established accept
            iifname "%s" ct status dnat accept
            iifname "%s" drop
          }
        }
        """
        .formatted(name, ports(there), other, device, device, ports(here), device, device, device);
  }

  private static String ports(List<Integer> ports) {
    return ports.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /** What a command begins with that runs in it. */
  List<String> prefix() {
    return List.of("nsenter", "--net=" + namespace());
  }

  /** Unplugs the host: no packet comes or goes. */
  void cut() throws IOException, InterruptedException {
    require("ip link set", cable, "down");
  }

  void join() throws IOException, InterruptedException {
    require("ip link set", cable, "up");
  }

  @Override
  public void close() {
    try {
      remove();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Removing the network " + name + " was interrupted", e);
    }
  }

  /** Each part may be gone already; guests that still run keep the namespace without its name. */
  private void remove() throws IOException, InterruptedException {
    SystemCommand.run(List.of("nft", "delete", "table", "ip", name));
    SystemCommand.run(List.of("ip", "link", "del", cable));
    SystemCommand.run(List.of("ip", "netns", "del", name));
    if (Files.exists(namespace())) {
      throw new IOException(
          "The network namespace " + name + " cannot be removed; try: ip netns del " + name);
    }
  }

  private Path namespace() {
    return Path.of("/run/netns", name);
  }

  private static void require(String... words) throws IOException, InterruptedException {
    SystemCommand.require(List.of(String.join(" ", words).split(" ")));
  }

  private void inside(String... words) throws IOException, InterruptedException {
    require(String.join(" ", prefix()), String.join(" ", words));
  }
}

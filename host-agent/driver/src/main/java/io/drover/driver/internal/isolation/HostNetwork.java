package io.drover.driver.internal.isolation;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of the host's network decides how guests are isolated.
 *
 * @param addresses all that the host has, but for loopback and link-local ones
 * @param uplink4 the device of the default route of IPv4
 * @param uplink6 the device of the default route of IPv6
 * @param nameservers those of {@code /etc/resolv.conf}, in order
 * @param upstream those that a resolver of the host itself asks
 */
record HostNetwork(
    Set<InetAddress> addresses,
    Optional<String> uplink4,
    Optional<String> uplink6,
    List<String> nameservers,
    List<String> upstream) {
  private static final String NOTHING = "00000000";
  private static final String NO_DEVICES = "No network interfaces configured";

  HostNetwork {
    addresses = Set.copyOf(addresses);
    nameservers = List.copyOf(nameservers);
    upstream = List.copyOf(upstream);
  }

  /** As it is now. */
  static HostNetwork read() {
    return read(Path.of("/"), addressesNow());
  }

  /**
   * @param root where {@code proc}, {@code etc} and {@code run} are
   */
  static HostNetwork read(Path root, Set<InetAddress> addresses) {
    return new HostNetwork(
        addresses,
        route(
            root.resolve("proc/net/route"),
            fields -> fields.length > 7 && fields[1].equals(NOTHING) && fields[7].equals(NOTHING),
            fields -> Integer.parseInt(fields[6]),
            0),
        route(
            root.resolve("proc/net/ipv6_route"),
            fields -> fields.length > 9 && fields[1].equals("00") && !fields[9].equals("lo"),
            fields -> Integer.parseUnsignedInt(fields[5], 16) >>> 1,
            9),
        nameservers(root.resolve("etc/resolv.conf")),
        nameservers(root.resolve("run/systemd/resolve/resolv.conf")));
  }

  /** Whether it is the host's, in whatever form. */
  boolean isHost(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || addresses.contains(address);
  }

  private static Set<InetAddress> addressesNow() {
    try (Stream<NetworkInterface> devices = NetworkInterface.networkInterfaces()) {
      return devices
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .map(HostNetwork::withoutScope)
          .collect(Collectors.toSet());
    } catch (IOException e) {
      if (NO_DEVICES.equals(e.getMessage())) {
        return Set.of(); // not even loopback is up
      }
      throw new ProblemException(
          ErrorCode.UNAVAILABLE, "The addresses of this host cannot be listed.", e);
    }
  }

  private static InetAddress withoutScope(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (IOException e) {
      throw new UncheckedIOException("An address has a length of its own", e);
    }
  }

  private static Optional<String> route(
      Path table, Predicate<String[]> isDefault, ToIntFunction<String[]> metric, int device) {
    return lines(table).stream()
        .map(line -> line.strip().split("\\s+", -1))
        .filter(isDefault)
        .min(Comparator.comparingInt(metric))
        .map(fields -> fields[device]);
  }

  private static List<String> nameservers(Path file) {
    return lines(file).stream()
        .map(line -> line.strip().split("\\s+", -1))
        .filter(words -> words.length > 1 && words[0].equals("nameserver"))
        .map(words -> words[1])
        .toList();
  }

  private static List<String> lines(Path file) {
    if (!Files.isReadable(file)) {
      return List.of();
    }
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new ProblemException(ErrorCode.UNAVAILABLE, file + " cannot be read.", e);
    }
  }
}

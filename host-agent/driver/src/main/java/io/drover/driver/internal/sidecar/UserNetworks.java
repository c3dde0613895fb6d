package io.drover.driver.internal.sidecar;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.definition.network.GuestAddress;
import io.drover.contracts.definition.network.NetworkSource;
import io.drover.contracts.definition.network.NetworkSource.ForwardedRange;
import io.drover.contracts.definition.network.NetworkSource.PortForward;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The passt processes of a domain: one for each network card that asks for it. */
final class UserNetworks {
  private static final String PROGRAM = "passt";

  /** What routers announce: a host's part of 64 bits. */
  private static final int IPV6_PREFIX = 64;

  private final Predicate<String> installed;
  private final boolean privileged;
  private final Optional<String> user;

  /**
   * @param installed tells the programs that this host has
   * @param privileged whether this program runs as root
   * @param user whom QEMU runs as; empty for this program's own
   */
  UserNetworks(Predicate<String> installed, boolean privileged, Optional<String> user) {
    this.installed = installed;
    this.privileged = privileged;
    this.user = user;
  }

  /**
   * One for each card with {@code <backend type='passt'/>}.
   *
   * @param folder where their sockets go
   * @param logs the beginning of their logs' paths
   * @throws ProblemException {@code HOST_RESOURCE_MISSING} when this host has no passt, {@code
   *     INVALID_DEFINITION} for what passt cannot do
   */
  List<Sidecar> of(DomainDefinition completed, Path folder, String logs) {
    List<Sidecar> found = new ArrayList<>();
    for (NetworkInterface nic : completed.devices(NetworkInterface.class)) {
      if (nic.source() instanceof NetworkSource.User source && source.passt() != null) {
        // A number, for an alias may be too long for the path of a socket.
        String name = PROGRAM + found.size();
        Path socket = folder.resolve(name + ".sock");
        String mark = "--socket=" + socket;
        found.add(
            new Sidecar(
                String.valueOf(nic.info().alias()),
                command(nic, source, mark),
                mark,
                socket,
                Path.of(logs + name + ".log"),
                Optional.ofNullable(source.logFile()).map(Path::of),
                user));
      }
    }
    return found;
  }

  private List<String> command(NetworkInterface nic, NetworkSource.User source, String mark) {
    if (!installed.test(PROGRAM)) {
      throw new ProblemException(
          ErrorCode.HOST_RESOURCE_MISSING,
          "This host cannot run <backend type='passt'/>: passt is missing; install it (on Debian"
              + " the package passt).");
    }
    // In the foreground it is the very process that was started, and ends with QEMU's connection.
    List<String> command = new ArrayList<>(List.of(PROGRAM, "--foreground", "--one-off", mark));
    if (privileged && user.isEmpty()) {
      command.addAll(List.of("--runas", "0:0")); // as nobody it could not make its socket
    }
    // This is the host's end of the wire: with the guest's own address, bridges in the guest would
    // drop what comes from it.
    command.addAll(List.of("--mac-addr", "fe" + String.valueOf(nic.mac()).substring(2)));
    command.add("--no-map-gw"); // else the guest's gateway were this host's loopback
    option(command, "--mtu", nic.mtu());
    option(command, "--interface", source.device());
    option(command, "--log-file", source.logFile());
    nic.addresses().forEach(address -> address(command, address));
    for (PortForward forward : source.forwards()) {
      command.addAll(List.of("--" + forward.protocol() + "-ports", ports(forward)));
    }
    return command;
  }

  private static void option(List<String> command, String name, @Nullable Object value) {
    if (value != null) {
      command.addAll(List.of(name, value.toString()));
    }
  }

  private static void address(List<String> command, GuestAddress address) {
    Integer prefix = address.prefix();
    boolean six = address.family().equals("ipv6");
    if (six && prefix != null && prefix != IPV6_PREFIX) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "passt gives guests IPv6 addresses with prefix='64' only, not '" + prefix + "'.");
    }
    option(command, "--address", address.address());
    option(command, "--netmask", six ? null : prefix);
  }

  /** As {@code 192.0.2.1%eth0/22-80:32-90,~40}; ports that are excluded carve out of the others. */
  private static String ports(PortForward forward) {
    String address = forward.address() == null ? "" : forward.address();
    String device = forward.device() == null ? "" : "%" + forward.device();
    String where = address + device;
    if (forward.ranges().isEmpty()) {
      // To an address there is no 'all'; all ports but 0, which is none, are the same.
      return where.isEmpty() ? "all" : where + "/~0";
    }
    return (where.isEmpty() ? "" : where + "/")
        + forward.ranges().stream().map(UserNetworks::range).collect(Collectors.joining(","));
  }

  private static String range(ForwardedRange range) {
    Integer end = range.end();
    String own = range.start() + (end == null ? "" : "-" + end);
    if (Boolean.TRUE.equals(range.exclude())) {
      return "~" + own;
    }
    Integer to = range.to();
    if (to == null) {
      return own;
    }
    return own + ":" + to + (end == null ? "" : "-" + (to + end - range.start()));
  }
}

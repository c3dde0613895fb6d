package io.drover.driver.internal.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.internal.process.CleanupManifest;
import io.drover.driver.internal.process.ToolProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and removes the taps of domains. They stay while their QEMU runs, with or without this
 * program; a list beside the domain's folder, written before the first of them is there, tells the
 * next driver which to remove. Thread-safe; blocks the calling thread; needs CAP_NET_ADMIN.
 */
public final class BridgePorts {
  private static final Logger LOG = LoggerFactory.getLogger(BridgePorts.class);
  private static final String LIST = "taps";
  private static final Path DEVICES = Path.of("/proc/self/net/dev");
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private final Optional<String> owner;

  /**
   * @param owner the user that QEMU runs as; without one, this program's
   */
  public BridgePorts(Optional<String> owner) {
    this.owner = owner;
  }

  /**
   * Makes them and connects them to their bridges. When it fails, {@link #remove} removes those
   * that are there.
   *
   * @param folder the domain's own
   * @throws ProblemException {@code INVALID_DEFINITION} when there is no such bridge, or a device
   *     has the tap's name already; {@code QEMU_START_FAILED} when the host refuses
   */
  public void make(Path folder, List<BridgePort> ports) {
    if (ports.isEmpty()) {
      return;
    }
    ports.forEach(BridgePorts::check);
    list(folder).write(ports.stream().map(BridgePort::tap).toList());
    ip(ports.stream().map(this::commands).collect(Collectors.joining()));
  }

  /** Removes all that a domain has left; without taps, this costs next to nothing. */
  public void remove(Path folder) {
    for (String tap : list(folder).read()) {
      try {
        if (exists(tap)) {
          ip("link delete dev " + tap + "\n");
        }
      } catch (ProblemException e) {
        LOG.error("The tap {} is left behind", tap, e);
      }
    }
    list(folder).remove();
  }

  private static void check(BridgePort port) {
    if (!exists(port.bridge())) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "This host has no bridge '" + port.bridge() + "'; make it, or name another one.");
    }
    if (exists(port.tap())) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "This host has a device '"
              + port.tap()
              + "' already; use another <target dev=.../>, or type='ethernet' with managed='no'.");
    }
  }

  private String commands(BridgePort port) {
    String user = owner.map(name -> " user " + name).orElse("");
    String queues = port.queues() ? " multi_queue" : "";
    String mtu = port.mtu() == null ? "" : " mtu " + port.mtu();
    String device = " dev " + port.tap();
    return "tuntap add"
        + device
        + " mode tap"
        + user
        + queues
        + "\n"
        + "link set"
        + device
        + " address "
        + port.hardwareAddress()
        + mtu
        + "\n"
        + "link set"
        + device
        + " master "
        + port.bridge()
        + " up\n";
  }

  private static void ip(String commands) {
    ToolProcess.Result result =
        ToolProcess.run(List.of("ip", "-batch", "-"), commands.getBytes(UTF_8), DEADLINE);
    if (result.exitStatus() != 0) {
      throw new ProblemException(
          ErrorCode.QEMU_START_FAILED,
          "The host refuses a tap (the driver needs CAP_NET_ADMIN): " + result.output().strip());
    }
  }

  /** Unlike Java's own list, the kernel's has devices that are down or without an address. */
  private static boolean exists(String device) {
    try (Stream<String> lines = Files.lines(DEVICES)) {
      return lines.anyMatch(line -> line.strip().startsWith(device + ":"));
    } catch (IOException | UncheckedIOException e) {
      throw new ProblemException(
          ErrorCode.UNAVAILABLE, "The network devices of this host cannot be listed.", e);
    }
  }

  private static CleanupManifest list(Path folder) {
    return new CleanupManifest(folder, LIST);
  }
}

package io.drover.driver.internal.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.internal.process.ToolProcess;
import io.drover.driver.internal.resource.HostResource;
import io.drover.driver.internal.resource.ResourceKind;
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
 * program; the journal names them before the first of them exists, so that the next driver can
 * remove them. Thread-safe; blocks the calling thread; needs CAP_NET_ADMIN.
 */
public final class BridgePorts implements HostResource<BridgePortPlan, BridgePortRecord> {
  private static final Logger LOG = LoggerFactory.getLogger(BridgePorts.class);
  private static final Path DEVICES = Path.of("/proc/self/net/dev");
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private final Optional<String> owner;

  /**
   * @param owner the user that QEMU runs as; without one, this program's
   */
  public BridgePorts(Optional<String> owner) {
    this.owner = owner;
  }

  @Override
  public Class<BridgePortPlan> planType() {
    return BridgePortPlan.class;
  }

  @Override
  public ResourceKind<BridgePortRecord> kind() {
    return BridgePortRecord.KIND;
  }

  /**
   * Checks that a release can only hit the domain's own taps.
   *
   * @throws ProblemException {@code INVALID_DEFINITION} when there is no such bridge, or a device
   *     has the tap's name already
   */
  @Override
  public BridgePortRecord prepare(BridgePortPlan plan) {
    plan.ports().forEach(BridgePorts::check);
    return new BridgePortRecord(plan.ports().stream().map(BridgePort::tap).toList());
  }

  /**
   * Makes them and connects them to their bridges.
   *
   * @throws ProblemException {@code QEMU_START_FAILED} when the host refuses
   */
  @Override
  public void acquire(BridgePortPlan plan, BridgePortRecord held) {
    ip(plan.ports().stream().map(this::commands).collect(Collectors.joining()));
  }

  @Override
  public void release(BridgePortRecord held) {
    List<String> left = held.taps().stream().filter(tap -> !removed(tap)).toList();
    if (!left.isEmpty()) {
      throw new ProblemException(
          ErrorCode.UNAVAILABLE,
          "The tap devices " + left + " cannot be removed; remove them with ip link delete.");
    }
  }

  private static boolean removed(String tap) {
    try {
      if (exists(tap)) {
        ip("link delete dev " + tap + "\n");
      }
      return true;
    } catch (ProblemException e) {
      LOG.error("Removing the tap device {} failed; remove it with ip link delete", tap, e);
      return false;
    }
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
}

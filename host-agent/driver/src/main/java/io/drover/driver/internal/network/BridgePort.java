package io.drover.driver.internal.network;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.definition.network.NetworkSource;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tap of one network card that is to be a port of a bridge.
 *
 * @param alias of the network card
 * @param tap the name of the device, the same at each start unless the definition gives one
 * @param mtu of the device; null for the bridge's own
 * @param queues whether QEMU opens it more than once
 * @param hardwareAddress of the host's end
 */
public record BridgePort(
    String alias,
    String tap,
    String bridge,
    @Nullable Integer mtu,
    boolean queues,
    String hardwareAddress) {
  /** What Linux takes for the name of a device; it stands in a command of ip too. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}");

  /** libvirt's own names for taps: one that stands in a definition was left from an earlier run. */
  private static final String GENERATED = "vnet";

  private static final int ID_DIGITS = 10;

  /**
   * Checks the names.
   *
   * @throws ProblemException {@code INVALID_DEFINITION} for one that Linux does not take
   */
  public BridgePort {
    require("tap", tap);
    require("bridge", bridge);
  }

  /** The ports of a domain, whose cards have their aliases and addresses. */
  public static List<BridgePort> of(DomainDefinition placed, DomainId id) {
    List<BridgePort> ports = new ArrayList<>();
    for (NetworkInterface nic : placed.devices(NetworkInterface.class)) {
      if (nic.source() instanceof NetworkSource.Bridge source) {
        ports.add(of(nic, source, id, ports.size()));
      }
    }
    return List.copyOf(ports);
  }

  private static BridgePort of(
      NetworkInterface nic, NetworkSource.Bridge source, DomainId id, int number) {
    String alias = nic.info().alias();
    String mac = nic.mac();
    if (alias == null || mac == null) {
      throw new IllegalStateException("The card has no alias or address yet: " + nic);
    }
    String given = nic.targetDevice();
    String made = "v" + id.toString().replace("-", "").substring(0, ID_DIGITS) + "-" + number;
    String queues = nic.driver().get("queues");
    return new BridgePort(
        alias,
        given == null || given.startsWith(GENERATED) ? made : given,
        source.bridge(),
        nic.mtu(),
        queues != null && Integer.parseInt(queues) > 1,
        // A bridge takes the lowest address of its ports for its own: it must not be a guest's.
        "fe" + mac.substring(2));
  }

  private static void require(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "'"
              + name
              + "' cannot be the name of a "
              + what
              + "; use up to 15 letters, digits, '_', '.' and '-'.");
    }
  }
}

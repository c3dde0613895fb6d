package io.drover.definition.argv;

import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.definition.network.NetworkSettings;
import io.drover.contracts.definition.network.NetworkSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a network card asks of its host beyond what QEMU does by itself. */
final class UnsupportedNetworking {
  private UnsupportedNetworking() {}

  /**
   * The first thing that this host does not do, in a sentence; null when QEMU does it all.
   *
   * @param connected whether the host makes a tap for the card, or runs passt for it
   */
  static @Nullable String missing(NetworkInterface nic, boolean connected) {
    String connection = connected ? null : connection(nic.source());
    if (connection != null) {
      return connection;
    }
    boolean ours = !Boolean.FALSE.equals(nic.settings().targetManaged());
    return nic.mtu() != null && nic.source() instanceof NetworkSource.Tap && ours
        ? "This host sets no MTU of taps; use a tap that has it by <target managed='no'>."
        : setting(nic.settings());
  }

  private static @Nullable String connection(NetworkSource source) {
    if (source instanceof NetworkSource.User user) {
      return user(user);
    }
    if (source instanceof NetworkSource.Network network) {
      return "This host runs no network '" + network.network() + "'; use type='user'.";
    }
    if (source instanceof NetworkSource.Bridge bridge) {
      return "This host does not connect guests to the bridge '"
          + bridge.bridge()
          + "'; use type='ethernet' with a tap that is on it.";
    }
    return source instanceof NetworkSource.Direct direct
        ? "This host makes no macvtap on '" + direct.device() + "'; use type='ethernet'."
        : null;
  }

  private static @Nullable String user(NetworkSource.User user) {
    if (user.passt() != null) {
      return "This host does not run passt; leave out <backend type='passt'/>.";
    }
    return user.forwards().isEmpty()
        ? null
        : "This host's QEMU forwards no ports by itself; use <backend type='passt'/>.";
  }

  private static @Nullable String setting(NetworkSettings settings) {
    Map<String, @Nullable Object> asked = new LinkedHashMap<>();
    asked.put("limits no bandwidth; remove <bandwidth>", settings.bandwidth());
    asked.put("filters no packets; remove <filterref>", settings.filter());
    asked.put("configures no switches; remove <virtualport>", settings.virtualPort());
    asked.put("puts no guest into VLANs; remove <vlan>", settings.vlan());
    asked.put("runs no scripts; remove <script>", settings.script());
    asked.put("runs no scripts; remove <downscript>", settings.downscript());
    asked.put("isolates no ports; remove <port>", isTrue(settings.isolated()));
    asked.put("sets no addresses of taps; remove <ip>", first(settings.addresses()));
    asked.put("sets no routes; remove <route>", first(settings.routes()));
    asked.put("coalesces no frames; remove <coalesce>", positive(settings.coalescedFrames()));
    asked.put("has one device for taps; remove backend/@tap", settings.tapPath());
    asked.put("has one device for vhost; remove backend/@vhost", settings.vhostPath());
    asked.put(
        "follows no addresses of guests; remove trustGuestRxFilters",
        isTrue(settings.trustGuestRxFilters()));
    for (Map.Entry<String, @Nullable Object> each : asked.entrySet()) {
      if (each.getValue() != null) {
        return "This host " + each.getKey() + ".";
      }
    }
    return null;
  }

  private static @Nullable Object isTrue(@Nullable Boolean given) {
    return Boolean.TRUE.equals(given) ? given : null;
  }

  private static @Nullable Object positive(@Nullable Long given) {
    return given == null || given == 0 ? null : given;
  }

  private static @Nullable Object first(java.util.List<?> given) {
    return given.isEmpty() ? null : given.get(0);
  }
}

package io.drover.definition.complete.address;

import io.drover.contracts.definition.common.Address;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The ports of a USB controller or hub, from 1, with the hubs at them. */
final class UsbBus {
  static final int HUB_PORTS = 8;

  /** A port's path has at most four numbers. */
  private static final int MAX_DEPTH = 4;

  private final boolean[] taken;
  private final Map<Integer, UsbBus> hubs = new TreeMap<>();

  UsbBus(int ports) {
    taken = new boolean[ports + 1];
  }

  /** Takes the port that a definition gives to a device. */
  void take(Address.Usb address) {
    UsbBus hub = hubOf(address);
    int port = lastPort(address);
    if (port >= hub.taken.length || port < 1) {
      throw PciBuses.invalid(
          "There is no port " + address.port() + " on USB bus " + address.bus() + ".");
    }
    if (hub.taken[port]) {
      throw PciBuses.invalid(
          "USB port " + address.port() + " of bus " + address.bus() + " is used twice.");
    }
    hub.taken[port] = true;
  }

  /** Takes the port that a definition gives to a hub, whose own ports are there from now on. */
  void takeHub(Address.Usb address) {
    take(address);
    addHub(address);
  }

  /** The ports of a hub at a port that is taken. */
  void addHub(Address.Usb address) {
    hubOf(address).hubs.put(lastPort(address), new UsbBus(HUB_PORTS));
  }

  private UsbBus hubOf(Address.Usb address) {
    UsbBus at = this;
    String[] path = path(address);
    for (int i = 0; i < path.length - 1; i++) {
      UsbBus hub = at.hubs.get(number(address, path[i]));
      if (hub == null) {
        throw PciBuses.invalid(
            "There is no hub for port " + address.port() + " on USB bus " + address.bus() + ".");
      }
      at = hub;
    }
    return at;
  }

  private static int lastPort(Address.Usb address) {
    String[] path = path(address);
    return number(address, path[path.length - 1]);
  }

  private static String[] path(Address.Usb address) {
    String[] path = String.valueOf(address.port()).split("\\.", -1);
    if (path.length > MAX_DEPTH) {
      throw PciBuses.invalid(
          "The USB port " + address.port() + " is deeper than " + MAX_DEPTH + " hubs.");
    }
    return path;
  }

  private static int number(Address.Usb address, String text) {
    if (!text.matches("\\d{1,3}")) {
      throw PciBuses.invalid("'" + address.port() + "' is not a USB port, as in 1 or 1.2.");
    }
    return Integer.parseInt(text);
  }

  /** Takes the next free port, those of this bus before those of its hubs; null when none is. */
  @Nullable String next() {
    return next(1);
  }

  private @Nullable String next(int depth) {
    for (int port = 1; port < taken.length; port++) {
      if (!taken[port]) {
        taken[port] = true;
        return Integer.toString(port);
      }
    }
    if (depth == MAX_DEPTH) {
      return null;
    }
    for (Map.Entry<Integer, UsbBus> hub : hubs.entrySet()) {
      String below = hub.getValue().next(depth + 1);
      if (below != null) {
        return hub.getKey() + "." + below;
      }
    }
    return null;
  }
}

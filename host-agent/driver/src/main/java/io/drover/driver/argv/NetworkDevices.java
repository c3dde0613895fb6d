package io.drover.driver.argv;

import io.drover.contracts.definition.NetworkInterface;
import io.drover.contracts.definition.NetworkSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The network cards and what they are connected to. */
final class NetworkDevices {
  private NetworkDevices() {}

  static void add(Placed placed, Arguments out) {
    for (NetworkInterface nic : placed.definition().devices(NetworkInterface.class)) {
      if (nic.source() instanceof NetworkSource.HostPci) {
        continue; // a device of the host, added with those
      }
      String id = "host" + Placed.alias(nic);
      out.option("-netdev", backend(placed, nic).put("id", id));
      out.device(device(placed, nic, id));
    }
  }

  private static Props backend(Placed placed, NetworkInterface nic) {
    NetworkSource source = nic.source();
    if (source instanceof NetworkSource.User user) {
      return user.passt() == null ? user(nic) : passt(placed, nic);
    }
    if (source instanceof NetworkSource.Socket socket) {
      return socket(socket);
    }
    if (source instanceof NetworkSource.Vdpa vdpa) {
      return new Props().put("type", "vhost-vdpa").put("vhostdev", vdpa.device());
    }
    String alias = Placed.alias(nic);
    String given = nic.targetDevice();
    String tap = placed.layout().taps().get(alias);
    return new Props()
        .put("type", "tap")
        .put("ifname", tap != null ? tap : given != null ? given : "vnet-" + alias)
        .put("script", "no")
        .put("downscript", "no")
        .number("queues", nic.driver().get("queues"))
        .put("sndbuf", nic.sndbuf())
        .put("vhost", "vhost".equals(nic.driver().get("name")) ? (Boolean) true : null);
  }

  private static Props user(NetworkInterface nic) {
    Props user = new Props().put("type", "user");
    for (NetworkInterface.GuestAddress address : nic.addresses()) {
      if (address.family().equals("ipv6")) {
        user.put("ipv6-prefix", address.address()).put("ipv6-prefixlen", address.prefix());
      } else {
        String prefix = address.prefix() == null ? "" : "/" + address.prefix();
        user.put("net", address.address() + prefix);
      }
    }
    return user;
  }

  private static Props passt(Placed placed, NetworkInterface nic) {
    String path = placed.layout().channelFolder() + "/passt-" + Placed.alias(nic) + ".socket";
    return new Props()
        .put("type", "stream")
        .put("addr", new Props().put("type", "unix").put("path", path))
        .put("server", false);
  }

  private static Props socket(NetworkSource.Socket socket) {
    String address = (socket.address() == null ? "" : socket.address()) + ":" + socket.port();
    Props backend = new Props().put("type", "socket");
    return switch (socket.mode()) {
      case "client" -> backend.put("connect", address);
      case "server" -> backend.put("listen", address);
      case "mcast" -> backend.put("mcast", address);
      default ->
          backend
              .put("udp", address)
              .put(
                  "localaddr",
                  (socket.localAddress() == null ? "" : socket.localAddress())
                      + ":"
                      + socket.localPort());
    };
  }

  private static Props device(Placed placed, NetworkInterface nic, String backend) {
    String model = nic.model() == null ? "rtl8139" : nic.model();
    boolean virtio = model.startsWith("virtio");
    Props device = Props.device(virtio ? Placed.virtioName("virtio-net", model) : model);
    if (virtio) {
      Placed.virtio(device, nic.virtio());
      options(device, nic);
    }
    device.put("host_mtu", virtio ? nic.mtu() : null);
    device.put("netdev", backend).put("id", Placed.alias(nic)).put("mac", nic.mac());
    device.put("bootindex", placed.bootIndex(nic));
    return HostDevices.rom(placed.at(device, nic), nic.info());
  }

  private static void options(Props device, NetworkInterface nic) {
    Map<String, String> driver = nic.driver();
    String mode = driver.get("txmode");
    device.put("tx", mode == null ? null : mode.equals("iothread") ? "bh" : "timer");
    device.onOff("ioeventfd", driver.get("ioeventfd"));
    device.onOff("event_idx", driver.get("event_idx"));
    queues(device, nic, driver.get("queues"));
    device.number("rx_queue_size", driver.get("rx_queue_size"));
    device.number("tx_queue_size", driver.get("tx_queue_size"));
    device.onOff("rss", driver.get("rss"));
    device.onOff("hash", driver.get("rss_hash_report"));
  }

  /** Several queues need a back end that has them. */
  private static void queues(Props device, NetworkInterface nic, @Nullable String queues) {
    boolean able = !(nic.source() instanceof NetworkSource.User);
    if (queues != null && able && Integer.parseInt(queues) > 1) {
      device.put("mq", true).put("vectors", 2 * Integer.parseInt(queues) + 2);
    }
  }
}

package io.drover.definition.argv.device;

import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.definition.network.GuestAddress;
import io.drover.contracts.definition.network.NetworkSource;
import io.drover.definition.argv.host.HostLayout;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.Chardev;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.QemuOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The network cards and what they are connected to. */
public final class NetworkDevices {
  private static final Set<String> VIRTIO =
      Set.of("virtio", "virtio-transitional", "virtio-non-transitional");

  /** What the card does for the guest and the host, by our names and QEMU's. */
  private static final Map<String, String> OFFLOADS = offloads();

  private NetworkDevices() {}

  /** A card with what it is connected to. */
  public static DevicePart part(ArgvContext placed, NetworkInterface nic) {
    if (nic.source() instanceof NetworkSource.HostPci host) {
      return HostDevices.part(placed, nic, host);
    }
    String id = "host" + ArgvContext.alias(nic);
    List<QemuOption> options = new ArrayList<>();
    if (nic.source() instanceof NetworkSource.VhostUser user) {
      options.add(socket(user, "char" + ArgvContext.alias(nic)));
    }
    options.add(JsonOption.netdev(backend(placed, nic).put("id", id)));
    options.add(JsonOption.device(device(placed, nic, id)));
    return new DevicePart(options);
  }

  /** Unlike other sockets, QEMU waits for the switch when it is the server. */
  private static Chardev socket(NetworkSource.VhostUser user, String id) {
    return user.mode().equals("server")
        ? new Chardev("socket", id, new Props().put("path", user.path()).put("server", true))
        : CharacterBackends.unix(id, user.path(), "connect", user.reconnectSeconds());
  }

  private static Props backend(ArgvContext placed, NetworkInterface nic) {
    NetworkSource source = nic.source();
    if (source instanceof NetworkSource.User user) {
      return user.passt() == null ? user(nic) : passt(placed, nic);
    }
    if (source instanceof NetworkSource.Internal) {
      return new Props().put("type", "user");
    }
    if (source instanceof NetworkSource.Socket socket) {
      return socket(socket);
    }
    String queues = nic.driver().get("queues");
    boolean several = queues != null && Integer.parseInt(queues) > 1;
    if (source instanceof NetworkSource.Vdpa vdpa) {
      return new Props()
          .put("type", "vhost-vdpa")
          .put("vhostdev", vdpa.device())
          .number("queues", several ? queues : null);
    }
    if (source instanceof NetworkSource.VhostUser) {
      return new Props()
          .put("type", "vhost-user")
          .put("chardev", "char" + ArgvContext.alias(nic))
          .number("queues", several ? queues : null);
    }
    String alias = ArgvContext.alias(nic);
    String given = nic.targetDevice();
    String tap = placed.layout().taps().get(alias);
    return new Props()
        .put("type", "tap")
        // without a name the kernel finds a number that is free
        .put("ifname", tap != null ? tap : given != null ? given : "vnet%d")
        .put("script", "no")
        .put("downscript", "no")
        .number("queues", several ? queues : null)
        .put("sndbuf", nic.sndbuf())
        .put("vhost", "vhost".equals(nic.driver().get("name")) ? (Boolean) true : null);
  }

  private static Props user(NetworkInterface nic) {
    Props user = new Props().put("type", "user");
    for (GuestAddress address : nic.addresses()) {
      if (address.family().equals("ipv6")) {
        user.put("ipv6-prefix", address.address()).put("ipv6-prefixlen", address.prefix());
      } else {
        String prefix = address.prefix() == null ? "" : "/" + address.prefix();
        user.put("net", address.address() + prefix);
      }
    }
    return user;
  }

  private static Props passt(ArgvContext placed, NetworkInterface nic) {
    HostLayout host = placed.layout();
    String alias = ArgvContext.alias(nic);
    String path = host.bindings().of(alias, host.channelFolder() + "/passt-" + alias + ".socket");
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

  private static Props device(ArgvContext placed, NetworkInterface nic, String backend) {
    String model = nic.model() == null ? "rtl8139" : nic.model();
    boolean virtio = VIRTIO.contains(model);
    Props device = Props.device(virtio ? ArgvContext.virtioName("virtio-net", model) : model);
    if (virtio) {
      ArgvContext.virtio(device, nic.virtio());
      options(device, nic);
    }
    device.put("netdev", backend).put("id", ArgvContext.alias(nic)).put("mac", nic.mac());
    device.put("bootindex", placed.bootIndex(nic));
    return HostDevices.rom(placed.at(device, nic), nic.info());
  }

  private static void options(Props device, NetworkInterface nic) {
    Map<String, String> driver = nic.driver();
    String mode = driver.get("txmode");
    device.put("tx", mode == null ? null : mode.equals("iothread") ? "bh" : "timer");
    device.onOff("ioeventfd", driver.get("ioeventfd"));
    device.onOff("event_idx", driver.get("event_idx"));
    OFFLOADS.forEach((name, property) -> device.onOff(property, driver.get(name)));
    queues(device, driver.get("queues"));
    device.number("rx_queue_size", driver.get("rx_queue_size"));
    device.number("tx_queue_size", driver.get("tx_queue_size"));
    device.onOff("rss", driver.get("rss"));
    device.onOff("hash", driver.get("rss_hash_report"));
    device.put("host_mtu", nic.mtu());
    NetworkInterface.Teaming teaming = nic.teaming();
    boolean stands = teaming != null && teaming.type().equals("persistent");
    device.put("failover", stands ? (Boolean) true : null);
  }

  private static void queues(Props device, @Nullable String queues) {
    if (queues != null && Integer.parseInt(queues) > 1) {
      device.put("mq", true).put("vectors", 2 * Integer.parseInt(queues) + 2);
    }
  }

  private static Map<String, String> offloads() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("host.csum", "csum");
    names.put("host.gso", "gso");
    for (String name : List.of("tso4", "tso6", "ecn", "ufo")) {
      names.put("host." + name, "host_" + name);
    }
    names.put("host.mrg_rxbuf", "mrg_rxbuf");
    for (String name : List.of("csum", "tso4", "tso6", "ecn", "ufo")) {
      names.put("guest." + name, "guest_" + name);
    }
    return names;
  }
}

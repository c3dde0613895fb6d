package io.drover.definition.fromargv.device;

import io.drover.definition.fromargv.draft.GuestDeviceProps;
import io.drover.definition.fromargv.draft.MutableElement;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.line.NativeOption;
import io.drover.definition.fromargv.line.Values;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Network cards and what they are connected to. */
public final class NetworkParser {
  public static final List<String> DRIVERS =
      List.of(
          "virtio-net-pci",
          "e1000",
          "e1000-82540em",
          "e1000-82544gc",
          "e1000-82545em",
          "e1000e",
          "rtl8139",
          "vmxnet3",
          "pcnet",
          "ne2k_pci",
          "i82551",
          "i82557b",
          "i82559er",
          "usb-net",
          "igb");

  /** One that leads to the only guest, from a port that is said. */
  private static final Pattern FORWARD =
      Pattern.compile(
          "(tcp|udp)?:(\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]+]|):([1-9]\\d{0,4})-:([1-9]\\d{0,4})");

  private NetworkParser() {}

  public static void read(ParsedCommandLine draft, String driver, Values values) {
    Values backend = draft.backends().look("-netdev", values.peek("netdev"));
    if (backend != null && !understood(draft, backend)) {
      draft.unknownDevice(driver, values); // and with it its connection, as a whole
      return;
    }
    MutableElement nic = draft.devices().add("interface");
    String mac = values.take("mac");
    if (mac != null) {
      nic.add("mac").with("address", mac);
    }
    boolean virtio = driver.startsWith("virtio-net");
    nic.add("model").with("type", virtio ? GuestDeviceProps.virtioModel(driver) : driver);
    MutableElement own = nic.part("driver");
    connect(draft, nic, own, values.take("netdev"));
    if (virtio) {
      front(nic, own, values);
    }
    nic.dropIfEmpty(own);
    GuestDeviceProps.common(draft, nic, values);
  }

  private static void front(MutableElement nic, MutableElement own, Values values) {
    String mode = values.take("tx");
    own.with("txmode", mode == null ? null : mode.equals("bh") ? "iothread" : "timer")
        .with("ioeventfd", values.takeOnOff("ioeventfd"))
        .with("event_idx", values.takeOnOff("event_idx"))
        .with("rx_queue_size", values.take("rx_queue_size"))
        .with("tx_queue_size", values.take("tx_queue_size"))
        .with("rss", values.takeOnOff("rss"))
        .with("rss_hash_report", values.takeOnOff("hash"));
    String queues = own.get("queues");
    if (queues != null && values.is("vectors", Long.toString(2 * Values.number(queues) + 2))) {
      values.take("mq"); // both follow from the number of queues
      values.take("vectors");
    }
    for (String[] offload : OFFLOADS) {
      String state = values.takeOnOff(offload[0]);
      if (state != null) {
        own.part(offload[1]).with(offload[2], state);
      }
    }
    String mtu = values.take("host_mtu");
    if (mtu != null) {
      nic.add("mtu").with("size", mtu);
    }
    if (values.takeOn("failover")) {
      nic.add("teaming").with("type", "persistent");
    }
    GuestDeviceProps.virtio(nic, values);
  }

  private static final String[][] OFFLOADS = {
    {"csum", "host", "csum"},
    {"gso", "host", "gso"},
    {"host_tso4", "host", "tso4"},
    {"host_tso6", "host", "tso6"},
    {"host_ecn", "host", "ecn"},
    {"host_ufo", "host", "ufo"},
    {"mrg_rxbuf", "host", "mrg_rxbuf"},
    {"guest_csum", "guest", "csum"},
    {"guest_tso4", "guest", "tso4"},
    {"guest_tso6", "guest", "tso6"},
    {"guest_ecn", "guest", "ecn"},
    {"guest_ufo", "guest", "ufo"}
  };

  /**
   * Whether a definition can say all of a connection. One with a socket of its own has two parts.
   */
  private static boolean understood(ParsedCommandLine draft, Values backend) {
    if (backend.is("type", "vhost-user")) {
      return true;
    }
    Values tried = backend.copy();
    MutableElement scratch = new MutableElement("interface");
    connect(draft, scratch, scratch.part("driver"), tried);
    return tried.left().isEmpty();
  }

  private static void connect(
      ParsedCommandLine draft, MutableElement nic, MutableElement own, @Nullable String netdev) {
    Values backend = draft.backends().use("-netdev", netdev);
    if (backend == null) {
      nic.with("type", "user");
      draft.unknownParts(
          new NativeOption("-device of a network card", null),
          Map.of("netdev", netdev == null ? "" : netdev));
      return;
    }
    connect(draft, nic, own, backend);
  }

  /** Reads a back end into the interface. */
  public static void connect(
      ParsedCommandLine draft, MutableElement nic, MutableElement own, Values backend) {
    String type = backend.take("type", "user");
    switch (type) {
      case "user" -> user(nic, backend);
      case "tap" -> tap(nic, own, backend);
      case "bridge" ->
          nic.with("type", "bridge").add("source").with("bridge", backend.take("br", "br0"));
      case "vhost-vdpa" -> {
        own.with("queues", backend.take("queues"));
        nic.with("type", "vdpa").add("source").with("dev", backend.take("vhostdev"));
      }
      case "vhost-user" -> vhostUser(draft, nic, own, backend);
      case "socket" -> socket(nic, backend);
      case "stream" -> passt(nic, backend);
      default -> {
        nic.with("type", "user");
        backend.keep("type", type); // told as unknown
      }
    }
  }

  private static void user(MutableElement nic, Values backend) {
    nic.with("type", "user");
    forwards(nic, backend);
    String net = backend.take("net");
    if (net != null) {
      int slash = net.indexOf('/');
      nic.add("ip")
          .with("family", "ipv4")
          .with("address", slash < 0 ? net : net.substring(0, slash))
          .with("prefix", slash < 0 ? null : net.substring(slash + 1));
    }
    String prefix = backend.take("ipv6-prefix");
    if (prefix != null) {
      nic.add("ip")
          .with("family", "ipv6")
          .with("address", prefix)
          .with("prefix", backend.take("ipv6-prefixlen"));
    }
  }

  /**
   * Ports of the host that lead to the guest: passt has them, which takes QEMU's own NAT's place.
   */
  private static void forwards(MutableElement nic, Values backend) {
    List<Matcher> rules = backend.peekAll("hostfwd").stream().map(FORWARD::matcher).toList();
    if (rules.isEmpty() || !rules.stream().allMatch(Matcher::matches)) {
      return;
    }
    backend.takeAll("hostfwd");
    nic.add("backend").with("type", "passt");
    for (Matcher rule : rules) {
      String protocol = rule.group(1);
      String address = rule.group(2).replaceAll("[\\[\\]]", "");
      nic.add("portForward")
          .with("proto", protocol == null || protocol.isEmpty() ? "tcp" : protocol)
          .with("address", address.isEmpty() ? null : address)
          .add("range")
          .with("start", rule.group(3))
          .with("to", rule.group(4));
    }
  }

  private static void tap(MutableElement nic, MutableElement own, Values backend) {
    nic.with("type", "ethernet");
    String device = backend.take("ifname");
    if (device != null) {
      nic.add("target").with("dev", device);
    }
    for (String script : List.of("script", "downscript")) {
      if (backend.is(script, "no")) {
        backend.take(script);
      }
    }
    String vhost = backend.takeOnOff("vhost");
    own.with("name", vhost == null ? null : vhost.equals("on") ? "vhost" : "qemu");
    own.with("queues", backend.take("queues"));
    String buffer = backend.take("sndbuf");
    if (buffer != null) {
      nic.add("tune").element("sndbuf", buffer);
    }
  }

  private static void vhostUser(
      ParsedCommandLine draft, MutableElement nic, MutableElement own, Values backend) {
    nic.with("type", "vhostuser");
    own.with("queues", backend.take("queues"));
    Values socket = draft.backends().use("-chardev", backend.take("chardev"));
    if (socket == null) {
      return;
    }
    socket.take("backend");
    boolean server = socket.takeOn("server");
    MutableElement source =
        nic.add("source")
            .with("type", "unix")
            .with("path", socket.take("path"))
            .with("mode", server ? "server" : "client");
    String again = socket.take("reconnect");
    if (again != null) {
      boolean enabled = !again.equals("0");
      source
          .add("reconnect")
          .with("enabled", enabled ? "yes" : "no")
          .with("timeout", enabled ? again : null);
    }
  }

  private static void socket(MutableElement nic, Values backend) {
    for (String mode : List.of("connect", "listen", "mcast", "udp")) {
      String at = backend.take(mode);
      if (at != null) {
        String word = mode.equals("connect") ? "client" : mode.equals("listen") ? "server" : mode;
        MutableElement source = place(nic.with("type", word).add("source"), at);
        String local = backend.take("localaddr");
        if (local != null) {
          place(source.add("local"), local);
        }
        return;
      }
    }
    nic.with("type", "user");
    backend.keep("type", "socket");
  }

  private static MutableElement place(MutableElement source, String at) {
    int colon = at.lastIndexOf(':');
    String host = colon < 0 ? "" : at.substring(0, colon);
    return source
        .with("address", host.isEmpty() ? null : host)
        .with("port", at.substring(colon + 1));
  }

  private static void passt(MutableElement nic, Values backend) {
    nic.with("type", "user");
    nic.add("backend").with("type", "passt");
    if (backend.is("addr.type", "unix")) {
      backend.take("addr.type");
      backend.take("addr.path"); // passt's socket is made anew
      backend.take("server");
    } else {
      backend.keep("type", "stream");
    }
    backend.take("reconnect");
  }
}

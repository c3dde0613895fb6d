package io.drover.contracts.definition;

import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code <interface>}. */
final class NetworkInterfaceXml {
  private static final List<String> NUMBERS = List.of("queues", "rx_queue_size", "tx_queue_size");
  private static final List<String> SWITCHES =
      List.of("ioeventfd", "event_idx", "rss", "rss_hash_report");

  private NetworkInterfaceXml() {}

  static NetworkInterface read(XmlElement element) {
    XmlElement model = element.child("model");
    XmlElement target = element.child("target");
    XmlElement link = element.child("link");
    XmlElement mtu = element.child("mtu");
    XmlElement driver = element.child("driver");
    String dev = target == null ? null : target.values().text("dev");
    if (dev != null && !dev.matches("[A-Za-z0-9_.%-]{1,15}")) {
      element.invalid("<target dev> is a device name of at most 15 characters.");
      dev = null;
    }
    String modelType = model == null ? null : model.values().required("type");
    if (modelType != null && !modelType.matches("[A-Za-z0-9_-]{1,40}")) {
      element.invalid("'" + modelType + "' is not the name of a network card model.");
      modelType = null;
    }
    return new NetworkInterface(
        DeviceInfoXml.read(element),
        NetworkSourceXml.read(element),
        mac(element.child("mac")),
        modelType,
        dev,
        link == null ? null : link.values().word("state", "up", "down"),
        driver == null ? Map.of() : driver(driver.values()),
        driver == null ? VirtioOptions.NONE : VirtioOptions.read(driver.values()),
        element.children("ip").stream().map(NetworkInterfaceXml::guestAddress).toList(),
        mtu == null ? null : mtu.values().integer("size", 68, 65_535),
        sndbuf(element.child("tune")));
  }

  private static @Nullable String mac(@Nullable XmlElement element) {
    if (element == null) {
      return null;
    }
    String address = element.values().required("address");
    if (!address.matches("[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2}){5}")) {
      element.invalid("address", "'" + address + "' is not a MAC address.");
      return null;
    }
    StringBuilder mac = new StringBuilder();
    for (String part : List.of(address.split(":", -1))) {
      int octet = Integer.parseInt(part, 16);
      if (mac.isEmpty() && (octet & 1) == 1) {
        element.invalid("address", "'" + address + "' is a multicast address; use a unicast one.");
      }
      mac.append(mac.isEmpty() ? "" : ":").append(String.format(Locale.ROOT, "%02x", octet));
    }
    return mac.toString();
  }

  private static Map<String, String> driver(XmlValues values) {
    Map<String, String> found = new LinkedHashMap<>();
    put(found, "name", values.word("name", "qemu", "vhost", "vfio"));
    put(found, "txmode", values.word("txmode", "iothread", "timer"));
    SWITCHES.forEach(name -> put(found, name, values.onOff(name)));
    NUMBERS.forEach(name -> put(found, name, values.integer(name, 1, 65_535)));
    return found;
  }

  private static void put(Map<String, String> found, String name, @Nullable Object value) {
    if (value != null) {
      found.put(name, value.toString());
    }
  }

  private static NetworkInterface.GuestAddress guestAddress(XmlElement element) {
    XmlValues values = element.values();
    String address = values.required("address");
    String family =
        values.wordOr("family", address.contains(":") ? "ipv6" : "ipv4", "ipv4", "ipv6");
    if (!address.matches("[0-9a-fA-F:.]{2,45}")) {
      element.invalid("address", "'" + address + "' is not an IP address.");
    }
    return new NetworkInterface.GuestAddress(family, address, values.integer("prefix", 0, 128));
  }

  private static @Nullable Long sndbuf(@Nullable XmlElement tune) {
    XmlElement sndbuf = tune == null ? null : tune.child("sndbuf");
    return sndbuf == null
        ? null
        : io.drover.contracts.definition.xml.Numbers.ofText(sndbuf, 0, Integer.MAX_VALUE);
  }

  static void write(NetworkInterface nic, XmlWriter out) {
    out.open("interface").attribute("type", NetworkSourceXml.type(nic.source()));
    if (nic.source() instanceof NetworkSource.HostPci host) {
      out.yesNo("managed", host.managed());
    }
    if (nic.mac() != null) {
      out.open("mac").attribute("address", nic.mac()).close();
    }
    NetworkSourceXml.write(nic.source(), out);
    for (NetworkInterface.GuestAddress address : nic.addresses()) {
      out.open("ip")
          .attribute("address", address.address())
          .attribute("family", address.family())
          .attribute("prefix", address.prefix())
          .close();
    }
    if (nic.targetDevice() != null) {
      out.open("target").attribute("dev", nic.targetDevice()).close();
    }
    if (nic.model() != null) {
      out.open("model").attribute("type", nic.model()).close();
    }
    if (!nic.driver().isEmpty() || !nic.virtio().none()) {
      out.open("driver");
      nic.driver().forEach(out::attribute);
      nic.virtio().write(out);
      out.close();
    }
    if (nic.linkState() != null) {
      out.open("link").attribute("state", nic.linkState()).close();
    }
    if (nic.mtu() != null) {
      out.open("mtu").attribute("size", nic.mtu()).close();
    }
    out.part(nic.sndbuf(), bytes -> out.open("tune").element("sndbuf", bytes).close());
    DeviceInfoXml.write(nic.info(), out);
    out.close();
  }
}

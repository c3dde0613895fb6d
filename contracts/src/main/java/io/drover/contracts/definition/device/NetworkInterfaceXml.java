package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.DeviceInfoXml;
import io.drover.contracts.definition.common.VirtioOptions;
import io.drover.contracts.definition.network.GuestAddress;
import io.drover.contracts.definition.network.NetworkSettings;
import io.drover.contracts.definition.network.NetworkSettingsXml;
import io.drover.contracts.definition.network.NetworkSource;
import io.drover.contracts.definition.network.NetworkSourceXml;
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
  private static final List<String> HOST_OFFLOADS =
      List.of("csum", "gso", "tso4", "tso6", "ecn", "ufo", "mrg_rxbuf");
  private static final List<String> GUEST_OFFLOADS = List.of("csum", "tso4", "tso6", "ecn", "ufo");
  private static final List<String> MODELS =
      List.of(
          "rtl8139",
          "virtio",
          "e1000",
          "e1000e",
          "virtio-transitional",
          "virtio-non-transitional",
          "usb-net",
          "spapr-vlan",
          "vmxnet3");
  private static final List<String> SWITCHES =
      List.of("ioeventfd", "event_idx", "rss", "rss_hash_report");

  private NetworkInterfaceXml() {}

  static NetworkInterface read(XmlElement element) {
    XmlElement model = element.child("model");
    XmlElement target = element.child("target");
    XmlElement link = element.child("link");
    XmlElement mtu = element.child("mtu");
    XmlElement driver = element.child("driver");
    String dev = target == null ? null : target.values().nonEmpty("dev");
    if (dev != null && !dev.matches("[A-Za-z0-9_.%-]{1,15}")) {
      element.invalid("<target dev> is a device name of at most 15 characters.");
      dev = null;
    }
    String modelType = model == null ? null : model.values().nonEmpty("type");
    if (modelType != null && !modelType.matches("[A-Za-z0-9_-]{0,40}")) {
      element.invalid("'" + modelType + "' is not the name of a network card model.");
      modelType = null;
    }
    return new NetworkInterface(
        DeviceInfoXml.read(element),
        NetworkSourceXml.read(element),
        mac(element.child("mac")),
        modelType == null ? null : known(modelType),
        dev,
        link == null ? null : link.values().word("state", "up", "down"),
        driver == null ? Map.of() : driver(driver, element.values().text("type")),
        driver == null ? VirtioOptions.NONE : VirtioOptions.read(driver.values()),
        element.children("ip").stream().map(GuestAddress::read).toList(),
        mtu == null ? null : mtu(mtu),
        sndbuf(element.child("tune")),
        teaming(element),
        NetworkSettingsXml.read(element));
  }

  /** The models that libvirt knows may be written in capitals; the others are QEMU's own names. */
  private static String known(String model) {
    return MODELS.stream().filter(model::equalsIgnoreCase).findFirst().orElse(model);
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

  /** None is 0, as libvirt has it. */
  private static @Nullable Integer mtu(XmlElement mtu) {
    Integer size = mtu.values().integer("size", 0, 65_535);
    return size == null || size == 0 ? null : size;
  }

  /** A card of the host has its own, which goes with its source. */
  private static NetworkInterface.@Nullable Teaming teaming(XmlElement element) {
    XmlElement teaming = element.child("teaming");
    if (teaming == null || "hostdev".equals(element.values().text("type"))) {
      return null;
    }
    XmlValues values = teaming.values();
    String type = values.word("type", "persistent", "transient");
    String persistent = values.text("persistent");
    if ("persistent".equals(type) && persistent != null) {
      teaming.invalid("persistent", "Only a <teaming> of type='transient' names its other card.");
    }
    if ("transient".equals(type) && persistent == null) {
      teaming.invalid("A <teaming> of type='transient' needs 'persistent'.");
    }
    return type == null ? null : new NetworkInterface.Teaming(type, persistent);
  }

  private static Map<String, String> driver(XmlElement element, @Nullable String connection) {
    Map<String, String> found = new LinkedHashMap<>();
    XmlValues values = element.values();
    put(
        found,
        "name",
        "hostdev".equals(connection)
            ? values.word("name", "kvm", "vfio", "xen")
            : values.word("name", "qemu", "vhost"));
    put(found, "txmode", values.word("txmode", "iothread", "timer"));
    SWITCHES.forEach(name -> put(found, name, values.onOff(name)));
    NUMBERS.forEach(name -> put(found, name, positive(values.integer(name, 0, 65_535))));
    offloads(found, element.child("host"), HOST_OFFLOADS);
    offloads(found, element.child("guest"), GUEST_OFFLOADS);
    return found;
  }

  private static @Nullable Integer positive(@Nullable Integer value) {
    return value == null || value == 0 ? null : value;
  }

  private static void offloads(
      Map<String, String> found, @Nullable XmlElement side, List<String> names) {
    if (side != null) {
      names.forEach(name -> put(found, side.name() + "." + name, side.values().onOff(name)));
    }
  }

  private static void put(Map<String, String> found, String name, @Nullable Object value) {
    if (value != null) {
      found.put(name, value.toString());
    }
  }

  private static @Nullable Long sndbuf(@Nullable XmlElement tune) {
    XmlElement sndbuf = tune == null ? null : tune.child("sndbuf");
    return sndbuf == null
        ? null
        : io.drover.contracts.definition.xml.Numbers.ofText(sndbuf, 0, Integer.MAX_VALUE);
  }

  static void write(NetworkInterface nic, XmlWriter out) {
    NetworkSettings settings = nic.settings();
    out.open("interface").attribute("type", NetworkSourceXml.type(nic.source()));
    if (nic.source() instanceof NetworkSource.HostPci host) {
      out.yesNo("managed", host.managed());
    }
    out.yesNo("trustGuestRxFilters", settings.trustGuestRxFilters());
    if (nic.mac() != null) {
      out.open("mac")
          .attribute("address", nic.mac())
          .attribute("type", settings.macType())
          .yesNo("check", settings.macCheck())
          .close();
    }
    NetworkSourceXml.write(nic.source(), settings, out);
    for (GuestAddress address : nic.addresses()) {
      out.open("ip")
          .attribute("address", address.address())
          .attribute("family", address.family())
          .attribute("prefix", address.prefix())
          .close();
    }
    NetworkSettingsXml.write(settings, out);
    if (nic.targetDevice() != null || settings.targetManaged() != null) {
      out.open("target")
          .attribute("dev", nic.targetDevice())
          .yesNo("managed", settings.targetManaged())
          .close();
    }
    if (nic.model() != null) {
      out.open("model").attribute("type", nic.model()).close();
    }
    backend(nic, out);
    driver(nic, out);
    if (nic.linkState() != null) {
      out.open("link").attribute("state", nic.linkState()).close();
    }
    if (nic.mtu() != null) {
      out.open("mtu").attribute("size", nic.mtu()).close();
    }
    out.part(
        nic.teaming(),
        teaming ->
            out.open("teaming")
                .attribute("type", teaming.type())
                .attribute("persistent", teaming.persistent())
                .close());
    out.part(nic.sndbuf(), bytes -> out.open("tune").element("sndbuf", bytes).close());
    DeviceInfoXml.write(nic.info(), out);
    out.close();
  }

  private static void backend(NetworkInterface nic, XmlWriter out) {
    NetworkSettings settings = nic.settings();
    NetworkSource.Passt passt =
        nic.source() instanceof NetworkSource.User user ? user.passt() : null;
    String log = nic.source() instanceof NetworkSource.User user ? user.logFile() : null;
    if (passt != null
        || log != null
        || settings.tapPath() != null
        || settings.vhostPath() != null) {
      out.open("backend")
          .attribute("type", passt == null ? null : "passt")
          .attribute("tap", settings.tapPath())
          .attribute("vhost", settings.vhostPath())
          .attribute("logFile", log)
          .close();
    }
  }

  private static void driver(NetworkInterface nic, XmlWriter out) {
    if (nic.driver().isEmpty() && nic.virtio().none()) {
      return;
    }
    out.open("driver");
    nic.driver()
        .forEach(
            (name, value) -> {
              if (!name.contains(".")) {
                out.attribute(name, value);
              }
            });
    nic.virtio().write(out);
    for (String side : List.of("host", "guest")) {
      String prefix = side + ".";
      if (nic.driver().keySet().stream().anyMatch(name -> name.startsWith(prefix))) {
        out.open(side);
        nic.driver()
            .forEach(
                (name, value) -> {
                  if (name.startsWith(prefix)) {
                    out.attribute(name.substring(prefix.length()), value);
                  }
                });
        out.close();
      }
    }
    out.close();
  }
}

package io.drover.contracts.definition.network;

import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes how the host connects a network card. */
public final class NetworkSettingsXml {
  private NetworkSettingsXml() {}

  public static NetworkSettings read(XmlElement element) {
    XmlElement mac = element.child("mac");
    XmlElement target = element.child("target");
    XmlElement backend = element.child("backend");
    XmlElement guest = element.child("guest");
    XmlElement port = element.child("port");
    XmlElement source = element.child("source");
    XmlElement bandwidth = element.child("bandwidth");
    XmlElement vlan = element.child("vlan");
    return new NetworkSettings(
        mac == null ? null : mac.values().word("type", "generated", "static"),
        mac == null ? null : mac.values().yesNo("check"),
        element.values().yesNo("trustGuestRxFilters"),
        target == null ? null : target.values().yesNo("managed"),
        path(element, "script"),
        path(element, "downscript"),
        backend == null ? null : backend.values().text("tap"),
        backend == null ? null : backend.values().text("vhost"),
        guest == null ? null : guest.values().text("dev"),
        port == null ? null : port.values().yesNo("isolated"),
        frames(element.child("coalesce")),
        bandwidth == null ? null : bandwidth(bandwidth),
        filter(element.child("filterref")),
        VirtualPorts.read(element),
        vlan == null ? null : vlan(vlan),
        source == null
            ? List.of()
            : source.children("ip").stream().map(NetworkSettingsXml::address).toList(),
        source == null
            ? List.of()
            : source.children("route").stream().map(NetworkSettingsXml::route).toList());
  }

  private static @Nullable String path(XmlElement element, String name) {
    XmlElement script = element.child(name);
    return script == null ? null : script.values().required("path");
  }

  private static @Nullable Long frames(@Nullable XmlElement coalesce) {
    XmlElement rx = coalesce == null ? null : coalesce.child("rx");
    XmlElement frames = rx == null ? null : rx.child("frames");
    return frames == null ? null : frames.values().number("max", 0, 0xffff_ffffL);
  }

  private static NetworkSettings.Bandwidth bandwidth(XmlElement bandwidth) {
    XmlElement inbound = bandwidth.child("inbound");
    XmlElement outbound = bandwidth.child("outbound");
    if (outbound != null && outbound.attribute("floor") != null) {
      outbound.invalid("floor", "'floor' is allowed in <inbound> only.");
    }
    return new NetworkSettings.Bandwidth(
        inbound == null ? null : rate(inbound), outbound == null ? null : rate(outbound));
  }

  private static NetworkSettings.Rate rate(XmlElement element) {
    XmlValues values = element.values();
    Long average = values.number("average", 0, Long.MAX_VALUE);
    Long peak = values.number("peak", 0, Long.MAX_VALUE);
    Long burst = values.number("burst", 0, Long.MAX_VALUE);
    Long floor = values.number("floor", 0, Long.MAX_VALUE);
    if (average == null && floor == null) {
      element.invalid("<" + element.name() + "> needs 'average' or 'floor'.");
    } else if (average == null && (peak != null || burst != null)) {
      element.invalid("'peak' and 'burst' need 'average'.");
    }
    return new NetworkSettings.Rate(average, peak, burst, floor);
  }

  private static NetworkSettings.@Nullable Filter filter(@Nullable XmlElement element) {
    if (element == null) {
      return null;
    }
    return new NetworkSettings.Filter(
        element.values().required("filter"),
        element.children("parameter").stream()
            .map(
                each ->
                    new NetworkSettings.Parameter(
                        each.values().required("name"), each.values().required("value")))
            .toList());
  }

  private static NetworkSettings.Vlan vlan(XmlElement element) {
    Boolean trunk = element.values().yesNo("trunk");
    List<NetworkSettings.Tag> tags =
        element.children("tag").stream().map(NetworkSettingsXml::tag).toList();
    if (tags.isEmpty()) {
      element.invalid("<vlan> needs at least one <tag id='N'/>.");
    }
    if (Boolean.FALSE.equals(trunk) && tags.size() > 1) {
      element.invalid("trunk", "More than one VLAN tag needs trunk='yes'.");
    }
    if (tags.stream().filter(tag -> tag.nativeMode() != null).count() > 1) {
      element.invalid("Only one <tag> may have a 'nativeMode'.");
    }
    return new NetworkSettings.Vlan(trunk, tags);
  }

  private static NetworkSettings.Tag tag(XmlElement element) {
    XmlValues values = element.values();
    if (element.attribute("id") == null) {
      values.required("id");
    }
    return new NetworkSettings.Tag(
        values.integerOr("id", 0, 0, 4095), values.word("nativeMode", "tagged", "untagged"));
  }

  private static NetworkSettings.HostAddress address(XmlElement element) {
    GuestAddress own = GuestAddress.read(element);
    return new NetworkSettings.HostAddress(
        own.family(), own.address(), own.prefix(), element.values().text("peer"));
  }

  private static NetworkSettings.Route route(XmlElement element) {
    XmlValues values = element.values();
    return new NetworkSettings.Route(
        values.word("family", "ipv4", "ipv6"),
        values.required("address"),
        values.text("netmask"),
        values.integer("prefix", 0, 128),
        values.text("gateway"),
        values.integer("metric", 1, Integer.MAX_VALUE));
  }

  /** What stands in {@code <source>}. */
  static void writeAddresses(NetworkSettings settings, XmlWriter out) {
    for (NetworkSettings.HostAddress address : settings.addresses()) {
      out.open("ip")
          .attribute("address", address.address())
          .attribute("family", address.family())
          .attribute("prefix", address.prefix())
          .attribute("peer", address.peer())
          .close();
    }
    for (NetworkSettings.Route route : settings.routes()) {
      out.open("route")
          .attribute("family", route.family())
          .attribute("address", route.address())
          .attribute("netmask", route.netmask())
          .attribute("prefix", route.prefix())
          .attribute("gateway", route.gateway())
          .attribute("metric", route.metric())
          .close();
    }
  }

  /** What stands beside the source. */
  public static void write(NetworkSettings settings, XmlWriter out) {
    VirtualPorts.write(settings.virtualPort(), out);
    out.part(settings.vlan(), vlan -> write(vlan, out));
    out.part(settings.bandwidth(), bandwidth -> write(bandwidth, out));
    out.part(settings.script(), path -> out.open("script").attribute("path", path).close());
    out.part(settings.downscript(), path -> out.open("downscript").attribute("path", path).close());
    out.part(settings.guestDevice(), dev -> out.open("guest").attribute("dev", dev).close());
    out.part(settings.filter(), filter -> write(filter, out));
    out.part(settings.isolated(), value -> out.open("port").yesNo("isolated", value).close());
    out.part(
        settings.coalescedFrames(),
        frames ->
            out.open("coalesce")
                .open("rx")
                .open("frames")
                .attribute("max", frames)
                .close()
                .close()
                .close());
  }

  private static void write(NetworkSettings.Vlan vlan, XmlWriter out) {
    out.open("vlan").yesNo("trunk", vlan.trunk());
    for (NetworkSettings.Tag tag : vlan.tags()) {
      out.open("tag").attribute("id", tag.id()).attribute("nativeMode", tag.nativeMode()).close();
    }
    out.close();
  }

  private static void write(NetworkSettings.Bandwidth bandwidth, XmlWriter out) {
    out.open("bandwidth");
    out.part(bandwidth.inbound(), rate -> write("inbound", rate, out));
    out.part(bandwidth.outbound(), rate -> write("outbound", rate, out));
    out.close();
  }

  private static void write(String name, NetworkSettings.Rate rate, XmlWriter out) {
    out.open(name)
        .attribute("average", rate.average())
        .attribute("peak", rate.peak())
        .attribute("floor", rate.floor())
        .attribute("burst", rate.burst())
        .close();
  }

  private static void write(NetworkSettings.Filter filter, XmlWriter out) {
    out.open("filterref").attribute("filter", filter.name());
    for (NetworkSettings.Parameter parameter : filter.parameters()) {
      out.open("parameter")
          .attribute("name", parameter.name())
          .attribute("value", parameter.value())
          .close();
    }
    out.close();
  }
}

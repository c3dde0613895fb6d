package io.drover.contracts.definition.network;

import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code <virtualport>}, whose parameters depend on its type. */
final class VirtualPorts {
  private static final int MAX_PROFILE = 40;

  /** The parameters that a type may have; those with a star it must have. */
  private static final Map<String, List<String>> PARAMETERS =
      Map.of(
          "802.1Qbg", List.of("managerid*", "typeid*", "typeidversion*", "instanceid"),
          "802.1Qbh", List.of("profileid*"),
          "openvswitch", List.of("interfaceid", "profileid"),
          "midonet", List.of("interfaceid*"));

  private static final List<String> ORDER =
      List.of("managerid", "typeid", "typeidversion", "instanceid", "interfaceid", "profileid");

  /** What has switches of its own; a network may leave the type to its bridge. */
  private static final List<String> CONNECTIONS = List.of("bridge", "direct", "hostdev", "network");

  private VirtualPorts() {}

  static NetworkSettings.@Nullable VirtualPort read(XmlElement nic) {
    XmlElement element = nic.child("virtualport");
    if (element == null) {
      return null;
    }
    String connection = nic.attribute("type");
    if (!CONNECTIONS.contains(connection)) {
      element.invalid(
          "<virtualport> is not supported for an interface of type '" + connection + "'.");
    }
    String type =
        element.values().word("type", "none", "802.1Qbg", "802.1Qbh", "openvswitch", "midonet");
    if (type == null && element.attribute("type") == null && !"network".equals(connection)) {
      element.invalid("<virtualport> needs 'type', as in type='openvswitch'.");
    }
    XmlElement given = element.child("parameters");
    Map<String, String> parameters = given == null ? Map.of() : parameters(given);
    if (type != null && !type.equals("none")) {
      check(element, type, parameters);
    }
    return new NetworkSettings.VirtualPort(type, parameters);
  }

  private static Map<String, String> parameters(XmlElement element) {
    Map<String, String> found = new LinkedHashMap<>();
    XmlValues values = element.values();
    put(found, "managerid", values.number("managerid", 0, 255));
    put(found, "typeid", values.number("typeid", 0, 0xff_ffff));
    put(found, "typeidversion", values.number("typeidversion", 0, 255));
    put(found, "instanceid", values.uuid("instanceid"));
    put(found, "interfaceid", values.uuid("interfaceid"));
    String profile = values.text("profileid");
    if (profile != null && profile.length() >= MAX_PROFILE) {
      element.invalid("profileid", "A profile has a name of less than 40 characters.");
    }
    put(found, "profileid", profile);
    return found;
  }

  private static void put(Map<String, String> found, String name, @Nullable Object value) {
    if (value != null) {
      found.put(name, value.toString());
    }
  }

  private static void check(XmlElement element, String type, Map<String, String> parameters) {
    List<String> known = PARAMETERS.getOrDefault(type, List.of());
    for (String name : ORDER) {
      boolean given = parameters.containsKey(name);
      if (given && !known.contains(name) && !known.contains(name + "*")) {
        element.invalid("<virtualport type='" + type + "'> has no parameter '" + name + "'.");
      }
      if (!given && known.contains(name + "*")) {
        element.invalid("<virtualport type='" + type + "'> needs the parameter '" + name + "'.");
      }
    }
  }

  static void write(NetworkSettings.@Nullable VirtualPort port, XmlWriter out) {
    if (port == null) {
      return;
    }
    out.open("virtualport").attribute("type", port.type());
    if (!port.parameters().isEmpty()) {
      out.open("parameters");
      port.parameters().forEach(out::attribute);
      out.close();
    }
    out.close();
  }
}

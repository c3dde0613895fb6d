package io.drover.contracts.definition;

import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and writes the elements of QEMU's own namespace. */
final class QemuExtrasXml {
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final String MOST_DIGITS = Long.toUnsignedString(-1);
  private static final Map<String, Pattern> VALUES =
      Map.of(
          "string", Pattern.compile("(?s).*"),
          "signed", Pattern.compile("-?[0-9]{1,18}"),
          "unsigned", Pattern.compile("[0-9]{1,20}"),
          "bool", Pattern.compile("true|false"));

  private QemuExtrasXml() {}

  static QemuExtras read(XmlElement domain) {
    XmlElement line = domain.gathered(QemuExtras.NAMESPACE, "commandline");
    XmlElement capabilities = domain.gathered(QemuExtras.NAMESPACE, "capabilities");
    XmlElement deprecation = domain.child(QemuExtras.NAMESPACE, "deprecation");
    XmlElement override = domain.gathered(QemuExtras.NAMESPACE, "override");
    QemuExtras extras =
        new QemuExtras(
            line == null ? List.of() : arguments(line),
            line == null ? Map.of() : environment(line),
            names(capabilities, "add"),
            names(capabilities, "del"),
            deprecation == null
                ? null
                : deprecation.values().word("behavior", "none", "omit", "reject", "crash"),
            override == null ? List.of() : overrides(override));
    return extras.absent() ? QemuExtras.NONE : extras;
  }

  private static List<String> arguments(XmlElement line) {
    List<String> found = new ArrayList<>();
    for (XmlElement argument : line.children(QemuExtras.NAMESPACE, "arg")) {
      String value = argument.values().text("value");
      if (value == null) {
        argument.invalid("value", "No QEMU command-line argument is given.");
      } else if (value.indexOf('\0') < 0) {
        found.add(value);
      }
    }
    return found;
  }

  private static Map<String, String> environment(XmlElement line) {
    Map<String, String> found = new LinkedHashMap<>();
    for (XmlElement variable : line.children(QemuExtras.NAMESPACE, "env")) {
      String name = variable.values().text("name");
      String value = variable.values().text("value");
      if (name == null || name.isEmpty()) {
        variable.invalid("name", "No QEMU environment name is given.");
      } else if (!VARIABLE.matcher(name).matches()) {
        variable.invalid(
            "name",
            "'" + name + "' is no environment name: letters, digits and '_', no digit first.");
      } else {
        found.put(name, value == null ? "" : value);
      }
    }
    return found;
  }

  private static List<String> names(@Nullable XmlElement capabilities, String verb) {
    List<String> found = new ArrayList<>();
    if (capabilities != null) {
      for (XmlElement element : capabilities.children(QemuExtras.NAMESPACE, verb)) {
        found.add(element.values().required("capability"));
      }
    }
    return found;
  }

  private static List<QemuExtras.DeviceOverride> overrides(XmlElement override) {
    List<QemuExtras.DeviceOverride> found = new ArrayList<>();
    for (XmlElement device : override.children(QemuExtras.NAMESPACE, "device")) {
      String alias = device.values().required("alias");
      List<QemuExtras.Property> properties = new ArrayList<>();
      XmlElement frontend = device.gathered(QemuExtras.NAMESPACE, "frontend");
      if (frontend != null) {
        for (XmlElement property : frontend.children(QemuExtras.NAMESPACE, "property")) {
          property(property, properties);
        }
      }
      found.add(new QemuExtras.DeviceOverride(alias, properties));
    }
    return found;
  }

  private static void property(XmlElement element, List<QemuExtras.Property> properties) {
    XmlValues values = element.values();
    String name = values.required("name");
    String type = values.word("type", "string", "signed", "unsigned", "bool", "remove");
    String value = values.text("value");
    if (type == null) {
      if (values.text("type") == null) {
        element.invalid("type", "<" + element.name() + "> needs 'type'.");
      }
      return;
    }
    if (type.equals("remove")) {
      if (value != null) {
        element.invalid("value", "A property that is removed has no 'value'.");
      }
      properties.add(new QemuExtras.Property(name, type, ""));
      return;
    }
    if (value == null) {
      element.invalid("value", "A property of the type " + type + " needs 'value'.");
      return;
    }
    Pattern form = VALUES.get(type);
    boolean large = type.equals("unsigned") && value.length() == MOST_DIGITS.length();
    if (form != null && !form.matcher(value).matches()
        || large && value.compareTo(MOST_DIGITS) > 0) {
      element.invalid("value", "'" + value + "' is not a value of the type " + type + ".");
      return;
    }
    properties.add(new QemuExtras.Property(name, type, value));
  }

  static void write(QemuExtras extras, XmlWriter out) {
    if (!extras.arguments().isEmpty() || !extras.environment().isEmpty()) {
      out.open("qemu:commandline");
      extras.arguments().forEach(value -> out.open("qemu:arg").attribute("value", value).close());
      extras
          .environment()
          .forEach(
              (name, value) ->
                  out.open("qemu:env")
                      .attribute("name", name)
                      .attribute("value", value.isEmpty() ? null : value)
                      .close());
      out.close();
    }
    if (!extras.addedCapabilities().isEmpty() || !extras.removedCapabilities().isEmpty()) {
      out.open("qemu:capabilities");
      extras
          .addedCapabilities()
          .forEach(name -> out.open("qemu:add").attribute("capability", name).close());
      extras
          .removedCapabilities()
          .forEach(name -> out.open("qemu:del").attribute("capability", name).close());
      out.close();
    }
    overrides(extras, out);
    if (extras.deprecation() != null) {
      out.open("qemu:deprecation").attribute("behavior", extras.deprecation()).close();
    }
  }

  private static void overrides(QemuExtras extras, XmlWriter out) {
    if (extras.overrides().isEmpty()) {
      return;
    }
    out.open("qemu:override");
    for (QemuExtras.DeviceOverride override : extras.overrides()) {
      out.open("qemu:device").attribute("alias", override.alias()).open("qemu:frontend");
      for (QemuExtras.Property property : override.properties()) {
        out.open("qemu:property")
            .attribute("name", property.name())
            .attribute("type", property.type())
            .attribute("value", property.type().equals("remove") ? null : property.value())
            .close();
      }
      out.close().close();
    }
    out.close();
  }
}

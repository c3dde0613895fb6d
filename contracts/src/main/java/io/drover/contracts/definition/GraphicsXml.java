package io.drover.contracts.definition;

import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code <graphics>}. */
final class GraphicsXml {
  /** SPICE's settings: element, attribute, allowed words (none: any). */
  private static final Map<String, String[]> SETTINGS =
      new TreeMap<>(
          Map.of(
              "image.compression", new String[] {"auto_glz", "auto_lz", "quic", "glz", "lz", "off"},
              "jpeg.compression", new String[] {"auto", "never", "always"},
              "zlib.compression", new String[] {"auto", "never", "always"},
              "playback.compression", new String[] {"on", "off"},
              "streaming.mode", new String[] {"filter", "all", "off"},
              "clipboard.copypaste", new String[] {"yes", "no"},
              "mouse.mode", new String[] {"server", "client"},
              "filetransfer.enable", new String[] {"yes", "no"},
              "gl.enable", new String[] {"yes", "no"},
              "gl.rendernode", new String[] {}));

  private GraphicsXml() {}

  static Graphics read(XmlElement element) {
    XmlValues values = element.values();
    String type = values.word("type", "vnc", "spice", "egl-headless");
    if (type == null) {
      if (values.text("type") == null) {
        element.invalid("<graphics> needs 'type', as in type='vnc'.");
      }
      type = "vnc";
    }
    values.word("defaultMode", "any", "secure", "insecure");
    List<Graphics.Listen> listens =
        element.children("listen").stream().map(GraphicsXml::listen).toList();
    String listen = values.text("listen");
    if (listen != null && listens.isEmpty()) {
      listens = List.of(new Graphics.Listen("address", listen, null, null));
    }
    return new Graphics(
        type,
        port(values.integer("port", -1, 65_535)),
        port(values.integer("tlsPort", -1, 65_535)),
        values.yesNo("autoport"),
        values.text("socket"),
        listens,
        options(values),
        settings(element));
  }

  private static @Nullable Integer port(@Nullable Integer given) {
    return given == null || given <= 0 ? null : given;
  }

  private static Map<String, String> options(XmlValues values) {
    Map<String, String> found = new LinkedHashMap<>();
    Integer websocket = values.integer("websocket", -1, 65_535);
    put(found, "websocket", websocket == null ? null : websocket.toString());
    String keymap = values.text("keymap");
    put(found, "keymap", keymap != null && keymap.matches("[A-Za-z-]{2,10}") ? keymap : null);
    put(
        found,
        "sharePolicy",
        values.word("sharePolicy", "allow-exclusive", "force-shared", "ignore"));
    put(found, "powerControl", values.word("powerControl", "yes", "no"));
    return found;
  }

  private static void put(Map<String, String> found, String name, @Nullable String value) {
    if (value != null) {
      found.put(name, value);
    }
  }

  private static Map<String, String> settings(XmlElement element) {
    Map<String, String> found = new LinkedHashMap<>();
    SETTINGS.forEach(
        (name, allowed) -> {
          int dot = name.indexOf('.');
          XmlElement setting = element.child(name.substring(0, dot));
          if (setting != null) {
            String attribute = name.substring(dot + 1);
            put(
                found,
                name,
                allowed.length == 0
                    ? setting.values().text(attribute)
                    : setting.values().word(attribute, allowed));
          }
        });
    for (XmlElement channel : element.children("channel")) {
      String mode = channel.values().word("mode", "any", "secure", "insecure");
      put(found, "channel." + channel.values().required("name"), mode);
    }
    return found;
  }

  private static Graphics.Listen listen(XmlElement element) {
    XmlValues values = element.values();
    return new Graphics.Listen(
        values.wordOr("type", "address", "address", "socket", "network", "none"),
        values.text("address"),
        values.text("socket"),
        values.text("network"));
  }

  static void write(Graphics graphics, XmlWriter out) {
    out.open("graphics")
        .attribute("type", graphics.type())
        .attribute("port", graphics.port())
        .attribute("tlsPort", graphics.tlsPort())
        .yesNo("autoport", graphics.autoport())
        .attribute("socket", graphics.socket());
    graphics.options().forEach(out::attribute);
    for (Graphics.Listen listen : graphics.listens()) {
      out.open("listen")
          .attribute("type", listen.type())
          .attribute("address", listen.address())
          .attribute("socket", listen.socket())
          .attribute("network", listen.network())
          .close();
    }
    Map<String, Map<String, String>> elements = new LinkedHashMap<>();
    graphics
        .settings()
        .forEach(
            (name, value) -> {
              int dot = name.indexOf('.');
              if (name.startsWith("channel.")) {
                out.open("channel")
                    .attribute("name", name.substring(dot + 1))
                    .attribute("mode", value)
                    .close();
              } else {
                elements
                    .computeIfAbsent(name.substring(0, dot), key -> new LinkedHashMap<>())
                    .put(name.substring(dot + 1), value);
              }
            });
    elements.forEach(
        (name, attributes) -> {
          out.open(name);
          attributes.forEach(out::attribute);
          out.close();
        });
    out.close();
  }
}

package io.drover.contracts.definition.device;

import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code <graphics>}. */
final class GraphicsXml {
  private static final String[] COMPRESSION = {"auto", "never", "always"};

  /** The elements of a SPICE display: element, attribute, allowed words. */
  private static final List<Setting> SPICE =
      List.of(
          new Setting("image", "compression", "auto_glz", "auto_lz", "quic", "glz", "lz", "off"),
          new Setting("jpeg", "compression", COMPRESSION),
          new Setting("zlib", "compression", COMPRESSION),
          new Setting("playback", "compression", "on", "off"),
          new Setting("streaming", "mode", "filter", "all", "off"),
          new Setting("clipboard", "copypaste", "yes", "no"),
          new Setting("mouse", "mode", "server", "client"),
          new Setting("filetransfer", "enable", "yes", "no"));

  private static final Setting GL = new Setting("gl", "enable", "yes", "no");
  private static final Setting NODE = new Setting("gl", "rendernode");
  private static final Setting AUDIO = new Setting("audio", "id");
  private static final Map<String, List<Setting>> OTHERS =
      Map.of(
          "vnc", List.of(AUDIO),
          "spice", List.of(GL, NODE),
          "egl-headless", List.of(NODE),
          "sdl", List.of(GL),
          "dbus", List.of(GL, NODE, AUDIO));

  private static final String[] CHANNELS = {
    "main", "display", "inputs", "cursor", "playback", "record", "smartcard", "usbredir"
  };
  private static final String[] MODES = {"any", "secure", "insecure"};

  /** No words: any text. */
  private record Setting(String element, String attribute, String... words) {}

  private GraphicsXml() {}

  static Graphics read(XmlElement element) {
    XmlValues values = element.values();
    String type = values.word("type", "vnc", "spice", "sdl", "dbus", "egl-headless");
    if (type == null) {
      if (values.text("type") == null) {
        element.invalid("<graphics> needs 'type', as in type='vnc'.");
      } else {
        element.readWhole();
      }
      type = "vnc";
    }
    boolean vnc = type.equals("vnc");
    boolean network = vnc || type.equals("spice");
    return new Graphics(
        type,
        network ? port(values.integer("port", -1, 65_535)) : null,
        type.equals("spice") ? port(values.integer("tlsPort", -1, 65_535)) : null,
        network ? autoport(element, type) : null,
        vnc ? values.text("socket") : null,
        network ? GraphicsListens.read(element) : List.of(),
        network ? password(element, type) : null,
        options(element, type),
        settings(element, type));
  }

  private static @Nullable Integer port(@Nullable Integer given) {
    return given == null || given <= 0 ? null : given;
  }

  /** A port of -1 is the old word for a port that the host picks. */
  private static @Nullable Boolean autoport(XmlElement element, String type) {
    XmlValues values = element.values();
    Boolean given = values.yesNo("autoport");
    boolean old =
        "-1".equals(values.text("port"))
            || type.equals("spice") && "-1".equals(values.text("tlsPort"));
    if (given == null && type.equals("vnc") && "0".equals(values.text("port"))) {
      return false; // a port is chosen, and it is none
    }
    return given == null && old ? (Boolean) true : given;
  }

  private static Graphics.@Nullable Password password(XmlElement element, String type) {
    XmlValues values = element.values();
    String word = values.text("passwd");
    String validTo = values.text("passwdValidTo");
    String connected = values.word("connected", "disconnect", "keep", "fail");
    if (word == null) {
      return null;
    }
    if (type.equals("vnc") && word.length() > Graphics.Password.MAX_VNC) {
      element.invalid("passwd", "VNC password is longer than 8 characters; VNC knows no more.");
    }
    if (validTo != null && !validTo.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d")) {
      element.invalid(
          "passwdValidTo", "A password's end is as in 2030-01-31T00:00:00, not '" + validTo + "'.");
      validTo = null;
    }
    if ("keep".equals(connected) && type.equals("vnc")) {
      return new Graphics.Password(word, validTo, connected);
    }
    if (connected != null && type.equals("vnc")) {
      element.invalid("connected", "VNC supports connected='keep' only.");
      connected = null;
    }
    return new Graphics.Password(word, validTo, connected);
  }

  private static Map<String, String> options(XmlElement element, String type) {
    XmlValues values = element.values();
    Map<String, String> found = new LinkedHashMap<>();
    switch (type) {
      case "vnc" -> {
        Integer websocket = values.integer("websocket", -1, 65_535);
        put(found, "websocket", websocket == null || websocket == 0 ? null : websocket.toString());
        put(found, "keymap", keymap(element));
        put(
            found,
            "sharePolicy",
            values.word("sharePolicy", "allow-exclusive", "force-shared", "ignore"));
        put(found, "powerControl", values.word("powerControl", "yes", "no"));
      }
      case "spice" -> {
        put(found, "keymap", keymap(element));
        put(found, "defaultMode", values.word("defaultMode", MODES));
      }
      case "sdl" -> {
        put(found, "display", values.text("display"));
        put(found, "xauth", values.text("xauth"));
        put(found, "fullscreen", values.word("fullscreen", "yes", "no"));
      }
      case "dbus" -> {
        put(found, "p2p", values.word("p2p", "yes", "no"));
        put(found, "address", values.text("address"));
      }
      default -> {
        // egl-headless has none
      }
    }
    return found;
  }

  private static @Nullable String keymap(XmlElement element) {
    String keymap = element.values().text("keymap");
    if (keymap != null && !keymap.matches("[A-Za-z][A-Za-z0-9-]{0,15}")) {
      element.invalid("keymap", "'" + keymap + "' is not a keymap's name, as en-us or de.");
      return null;
    }
    return keymap;
  }

  private static void put(Map<String, String> found, String name, @Nullable String value) {
    if (value != null) {
      found.put(name, value);
    }
  }

  private static Map<String, String> settings(XmlElement element, String type) {
    Map<String, String> found = new LinkedHashMap<>();
    if (type.equals("spice")) {
      SPICE.forEach(setting -> put(element, setting, found));
      for (XmlElement channel : element.children("channel")) {
        String mode = channel.values().word("mode", MODES);
        String name = channel.values().word("name", CHANNELS);
        if (name == null || mode == null) {
          channel.invalid("A <channel> of a SPICE display needs 'name' and 'mode'.");
        } else {
          found.put("channel." + name, mode);
        }
      }
    }
    OTHERS.getOrDefault(type, List.of()).forEach(setting -> put(element, setting, found));
    return found;
  }

  private static void put(XmlElement element, Setting setting, Map<String, String> found) {
    XmlElement child = element.child(setting.element);
    if (child != null) {
      XmlValues values = child.values();
      if (setting != NODE) {
        values.required(setting.attribute);
      }
      boolean any = setting.words.length == 0;
      put(
          found,
          setting.element + "." + setting.attribute,
          any ? values.text(setting.attribute) : values.word(setting.attribute, setting.words));
    }
  }

  static void write(Graphics graphics, XmlWriter out) {
    out.open("graphics")
        .attribute("type", graphics.type())
        .attribute("port", graphics.port())
        .attribute("tlsPort", graphics.tlsPort())
        .yesNo("autoport", graphics.autoport())
        .attribute("socket", graphics.socket());
    graphics.options().forEach(out::attribute);
    out.part(
        graphics.password(),
        password ->
            out.attribute("passwd", password.value())
                .attribute("passwdValidTo", password.validTo())
                .attribute("connected", password.connected()));
    GraphicsListens.write(graphics.listens(), out);
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

package io.drover.definition.fromargv.device;

import io.drover.definition.fromargv.draft.MutableElement;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.line.NativeOption;
import io.drover.definition.fromargv.line.Values;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What shows the guest's screen. */
public final class DisplayParser {
  private static final int VNC_BASE_PORT = 5900;
  private static final Pattern AT = Pattern.compile("(\\[[^]]*]|[^:]*):(\\d{1,5})");
  private static final List<String[]> COMPRESSION =
      List.of(
          new String[] {"image-compression", "image", "compression"},
          new String[] {"jpeg-wan-compression", "jpeg", "compression"},
          new String[] {"zlib-glz-wan-compression", "zlib", "compression"},
          new String[] {"playback-compression", "playback", "compression"},
          new String[] {"streaming-video", "streaming", "mode"});
  private static final Map<String, String> MODES =
      Map.of("tls-channel", "secure", "plaintext-channel", "insecure");

  private DisplayParser() {}

  private static MutableElement graphics(ParsedCommandLine draft, String type) {
    MutableElement graphics = draft.devices().add("graphics").with("type", type);
    draft.lastDisplay(graphics);
    return graphics;
  }

  public static void display(ParsedCommandLine draft, Values values) {
    String type = values.take("type", "none");
    switch (type) {
      case "none" -> {
        // there is none, unless another option adds one
      }
      case "sdl" -> gl(graphics(draft, "sdl"), values);
      case "dbus" -> {
        MutableElement graphics = graphics(draft, "dbus");
        graphics.with("p2p", values.takeYesNo("p2p")).with("address", values.take("addr"));
        gl(graphics, values);
        SoundParser.audio(graphics, values.take("audiodev"));
      }
      case "egl-headless" -> {
        MutableElement graphics = graphics(draft, "egl-headless");
        String node = values.take("rendernode");
        if (node != null) {
          graphics.add("gl").with("rendernode", node);
        }
      }
      default -> values.keep("type", type);
    }
  }

  private static void gl(MutableElement graphics, Values values) {
    String enabled = values.takeYesNo("gl");
    if (enabled != null) {
      graphics.add("gl").with("enable", enabled).with("rendernode", values.take("rendernode"));
    }
  }

  public static void vnc(ParsedCommandLine draft, Values values) {
    MutableElement graphics = graphics(draft, "vnc");
    String at = values.take("vnc", "none");
    Matcher port = AT.matcher(at);
    if (at.startsWith("unix:")) {
      graphics.add("listen").with("type", "socket").with("socket", at.substring("unix:".length()));
    } else if (port.matches() && Integer.parseInt(port.group(2)) <= 65_535 - VNC_BASE_PORT) {
      String host = port.group(1).replaceAll("[\\[\\]]", "");
      graphics.with("port", VNC_BASE_PORT + Integer.parseInt(port.group(2))).with("autoport", "no");
      graphics
          .add("listen")
          .with("type", "address")
          .with("address", host.isEmpty() ? "0.0.0.0" : host);
    } else if (at.equals("none")) {
      graphics.add("listen").with("type", "none");
    } else {
      values.keep("vnc", at);
    }
    values.take("to"); // where else QEMU might have gone
    String websocket = values.take("websocket");
    graphics
        .with("websocket", "on".equals(websocket) ? "-1" : websocket)
        .with("sharePolicy", values.take("share"))
        .with("powerControl", values.takeYesNo("power-control"));
    if (values.is("password", "off")) {
      values.take("password");
    }
    SoundParser.audio(graphics, values.take("audiodev"));
  }

  public static void spice(ParsedCommandLine draft, Values values) {
    MutableElement graphics = graphics(draft, "spice");
    String address = values.take("addr");
    String port = values.take("port");
    String secure = values.take("tls-port");
    if (values.takeOn("unix")) {
      graphics.add("listen").with("type", "socket").with("socket", address);
    } else if (secure == null && (port == null || port.equals("0"))) {
      graphics.add("listen").with("type", "none");
    } else {
      graphics.with("autoport", "no").with("port", port).with("tlsPort", secure);
      graphics
          .add("listen")
          .with("type", "address")
          .with("address", address == null ? "0.0.0.0" : address);
    }
    if (values.is("disable-ticketing", "on")) {
      values.take("disable-ticketing");
    } else {
      // without it a password is asked for, which is not on the command line
      draft.unknownParts(new NativeOption("-spice", null), Map.of("disable-ticketing", "off"));
    }
    values.take("x509-dir"); // the host's, as all its certificates
    values.take("seamless-migration");
    settings(graphics, values);
  }

  private static void settings(MutableElement graphics, Values values) {
    String mouse = values.takeOnOff("agent-mouse");
    if (mouse != null) {
      graphics.add("mouse").with("mode", mouse.equals("on") ? "client" : "server");
    }
    MODES.forEach(
        (option, mode) -> {
          for (String name : values.takeAll(option)) {
            if (name.equals("default")) {
              graphics.with("defaultMode", mode);
            } else {
              graphics.add("channel").with("name", name).with("mode", mode);
            }
          }
        });
    for (String[] each : COMPRESSION) {
      String value = values.take(each[0]);
      if (value != null) {
        graphics.add(each[1]).with(each[2], value);
      }
    }
    if (values.takeOn("disable-copy-paste")) {
      graphics.add("clipboard").with("copypaste", "no");
    }
    if (values.takeOn("disable-agent-file-xfer")) {
      graphics.add("filetransfer").with("enable", "no");
    }
    gl(graphics, values);
  }

  /** The keyboard of the display before it. */
  public static void keymap(ParsedCommandLine draft, Values values) {
    @Nullable MutableElement last = draft.lastDisplay();
    if (last != null) {
      last.with("keymap", values.take("keymap"));
    }
  }
}

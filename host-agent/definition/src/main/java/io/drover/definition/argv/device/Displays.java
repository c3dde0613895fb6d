package io.drover.definition.argv.device;

import io.drover.contracts.definition.device.Graphics;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.host.DisplaySecurity;
import io.drover.definition.argv.option.Arguments;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.SecretObjects;
import org.jspecify.annotations.Nullable;

/** The displays: what shows the guest's screen. */
public final class Displays {
  private static final int VNC_BASE_PORT = 5900;
  private static final String LOCALHOST = "127.0.0.1";

  private Displays() {}

  /** Says that there is no display, where there is none. */
  public static void none(ArgvContext placed, Arguments out) {
    if (placed.definition().devices(Graphics.class).isEmpty()) {
      out.option("-display", "none");
    }
  }

  public static void add(ArgvContext placed, Arguments out) {
    for (Graphics graphics : placed.definition().devices(Graphics.class)) {
      switch (graphics.type()) {
        case "vnc" -> {
          String credentials = vncCredentials(placed, out);
          out.option("-vnc", vnc(placed, graphics) + credentials + vncTail(placed, graphics));
          keymap(graphics, out);
        }
        case "spice" -> {
          out.option("-spice", SpiceDisplay.options(placed, graphics));
          keymap(graphics, out);
        }
        case "sdl" -> {
          if ("yes".equals(graphics.options().get("fullscreen"))) {
            out.flag("-full-screen");
          }
          out.option("-display", "sdl" + gl(graphics));
        }
        case "dbus" -> out.option("-display", dbus(placed, graphics));
        default -> out.option("-display", "egl-headless" + renderNode(placed, graphics));
      }
    }
  }

  private static void keymap(Graphics graphics, Arguments out) {
    String keymap = graphics.options().get("keymap");
    if (keymap != null) {
      out.option("-k", keymap);
    }
  }

  private static String gl(Graphics graphics) {
    String enabled = graphics.settings().get("gl.enable");
    return enabled == null ? "" : ",gl=" + (enabled.equals("yes") ? "on" : "off");
  }

  /** The GPU that the definition names, else the host's. */
  static String renderNode(ArgvContext placed, Graphics graphics) {
    String own = graphics.settings().get("gl.rendernode");
    String node = own == null ? placed.layout().bindings().renderNode() : own;
    return node == null ? "" : ",rendernode=" + Arguments.escape(node);
  }

  private static String dbus(ArgvContext placed, Graphics graphics) {
    StringBuilder dbus = new StringBuilder("dbus");
    if ("yes".equals(graphics.options().get("p2p"))) {
      dbus.append(",p2p=on");
    } else {
      String own = graphics.options().get("address");
      String address =
          own == null ? "unix:path=" + placed.layout().channelFolder() + "/dbus.sock" : own;
      dbus.append(",addr=").append(Arguments.escape(address));
    }
    dbus.append(gl(graphics));
    if ("yes".equals(graphics.settings().get("gl.enable"))) {
      dbus.append(renderNode(placed, graphics));
    }
    String audio = AudioBackends.of(graphics);
    return dbus.append(audio == null ? "" : ",audiodev=" + audio).toString();
  }

  private static String vnc(ArgvContext placed, Graphics graphics) {
    StringBuilder vnc = new StringBuilder(vncAddress(placed, graphics));
    String websocket = graphics.options().get("websocket");
    if (websocket != null) {
      boolean own = placed.layout().displaySocket() != null && vnc.indexOf("vnc=unix:") == 0;
      // Without an address of its own, that of a display on a socket would be open to everybody.
      vnc.append(",websocket=").append(own ? Arguments.escape(host(graphics)) + ":" : "");
      vnc.append(websocket.equals("-1") ? "on" : websocket);
    }
    String share = graphics.options().get("sharePolicy");
    if (share != null) {
      vnc.append(",share=").append(share);
    }
    String power = graphics.options().get("powerControl");
    if (power != null) {
      vnc.append(",power-control=").append(power.equals("yes") ? "on" : "off");
    }
    // The password itself comes through QMP: a command line is for everybody to read.
    return vnc.append(graphics.password() == null ? "" : ",password=on").toString();
  }

  private static String vncTail(ArgvContext placed, Graphics graphics) {
    String audio = AudioBackends.of(graphics);
    return ",audiodev=" + (audio == null ? AudioBackends.first(placed) : audio);
  }

  /** Adds the certificates' object and answers the options that refer to it. */
  private static String vncCredentials(ArgvContext placed, Arguments out) {
    DisplaySecurity security = placed.layout().bindings().security();
    String options = "";
    if (security.vncTls() != null) {
      String id = "vnc-tls-creds0";
      Props credentials =
          Props.object("tls-creds-x509", id)
              .put("dir", security.vncTls())
              .put("endpoint", "server")
              .put("verify-peer", security.vncVerify());
      if (security.vncSecret() != null) {
        out.add(SecretObjects.of(placed, id + "-secret0", security.vncSecret()));
        credentials.put("passwordid", id + "-secret0");
      }
      out.object(credentials);
      options = ",tls-creds=" + id;
    }
    return options + (security.vncSasl() ? ",sasl=on" : "");
  }

  private static String vncAddress(ArgvContext placed, Graphics graphics) {
    Graphics.@Nullable Listen listen = listen(graphics);
    String socket = socket(placed, graphics, "vnc.sock");
    if (socket != null) {
      return "vnc=unix:" + Arguments.escape(socket);
    }
    if (listen != null && listen.type().equals("none")) {
      return "none";
    }
    String local = graphics.port() == null ? placed.layout().displaySocket() : null;
    if (local != null) {
      return "vnc=unix:" + Arguments.escape(local);
    }
    int port = graphics.port() == null ? placed.layout().displayPort() : graphics.port();
    return Arguments.escape(host(graphics)) + ":" + (port - VNC_BASE_PORT);
  }

  private static String host(Graphics graphics) {
    String host = address(graphics);
    return host.contains(":") ? "[" + host + "]" : host;
  }

  static Graphics.@Nullable Listen listen(Graphics graphics) {
    return graphics.listens().isEmpty() ? null : graphics.listens().get(0);
  }

  static String address(Graphics graphics) {
    Graphics.Listen listen = listen(graphics);
    if (listen == null) {
      return LOCALHOST;
    }
    if (listen.address() != null) {
      return listen.address();
    }
    if (listen.type().equals("network")) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "The network '"
              + listen.network()
              + "' has no address here; give the <listen> one with 'address'.");
    }
    return LOCALHOST;
  }

  /** The socket that the definition asks for, or null. */
  static @Nullable String socket(ArgvContext placed, Graphics graphics, String name) {
    if (graphics.socket() != null) {
      return graphics.socket();
    }
    Graphics.Listen listen = listen(graphics);
    if (listen == null || !listen.type().equals("socket")) {
      return null;
    }
    return listen.socket() != null ? listen.socket() : placed.layout().channelFolder() + "/" + name;
  }
}

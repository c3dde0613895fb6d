package io.drover.definition.argv.device;

import io.drover.contracts.definition.device.Graphics;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.host.DisplaySecurity;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.QemuOption;
import io.drover.definition.argv.option.SecretObjects;
import io.drover.definition.argv.option.TextOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The displays: what shows the guest's screen. */
public final class Displays {
  private static final int VNC_BASE_PORT = 5900;
  private static final String VNC_CREDENTIALS = "vnc-tls-creds0";
  private static final String LOCALHOST = "127.0.0.1";

  private Displays() {}

  /** Says that there is no display, where there is none. */
  public static List<QemuOption> none(ArgvContext placed) {
    return placed.definition().devices(Graphics.class).isEmpty()
        ? List.of(new TextOption("-display", "none"))
        : List.of();
  }

  public static DevicePart part(ArgvContext placed, Graphics graphics) {
    List<QemuOption> options = new ArrayList<>();
    switch (graphics.type()) {
      case "vnc" -> {
        options.addAll(vncCredentials(placed));
        options.add(new TextOption("-vnc", vnc(placed, graphics)));
        options.addAll(keymap(graphics));
      }
      case "spice" -> {
        options.add(new TextOption("-spice", SpiceDisplay.options(placed, graphics)));
        options.addAll(keymap(graphics));
      }
      case "sdl" -> {
        if ("yes".equals(graphics.options().get("fullscreen"))) {
          options.add(TextOption.flag("-full-screen"));
        }
        options.add(new TextOption("-display", "sdl" + gl(graphics)));
      }
      case "dbus" -> options.add(new TextOption("-display", dbus(placed, graphics)));
      default ->
          options.add(new TextOption("-display", "egl-headless" + renderNode(placed, graphics)));
    }
    return new DevicePart(options);
  }

  private static List<QemuOption> keymap(Graphics graphics) {
    String keymap = graphics.options().get("keymap");
    return keymap == null ? List.of() : List.of(new TextOption("-k", keymap));
  }

  private static String gl(Graphics graphics) {
    String enabled = graphics.settings().get("gl.enable");
    return enabled == null ? "" : ",gl=" + (enabled.equals("yes") ? "on" : "off");
  }

  /** The GPU that the definition names, else the host's. */
  static String renderNode(ArgvContext placed, Graphics graphics) {
    String own = graphics.settings().get("gl.rendernode");
    String node = own == null ? placed.layout().bindings().renderNode() : own;
    return node == null ? "" : ",rendernode=" + TextOption.escape(node);
  }

  private static String dbus(ArgvContext placed, Graphics graphics) {
    StringBuilder dbus = new StringBuilder("dbus");
    if ("yes".equals(graphics.options().get("p2p"))) {
      dbus.append(",p2p=on");
    } else {
      String own = graphics.options().get("address");
      String address =
          own == null ? "unix:path=" + placed.layout().channelFolder() + "/dbus.sock" : own;
      dbus.append(",addr=").append(TextOption.escape(address));
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
      vnc.append(",websocket=").append(own ? TextOption.escape(host(graphics)) + ":" : "");
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
    vnc.append(graphics.password() == null ? "" : ",password=on");
    DisplaySecurity security = placed.layout().bindings().security();
    vnc.append(security.vncTls() == null ? "" : ",tls-creds=" + VNC_CREDENTIALS);
    vnc.append(security.vncSasl() ? ",sasl=on" : "");
    return vnc.append(vncTail(placed, graphics)).toString();
  }

  private static String vncTail(ArgvContext placed, Graphics graphics) {
    String audio = AudioBackends.of(graphics);
    return ",audiodev=" + (audio == null ? AudioBackends.first(placed) : audio);
  }

  /** The certificates, and the secret that their key is encrypted with. */
  private static List<QemuOption> vncCredentials(ArgvContext placed) {
    DisplaySecurity security = placed.layout().bindings().security();
    if (security.vncTls() == null) {
      return List.of();
    }
    Props credentials =
        Props.object("tls-creds-x509", VNC_CREDENTIALS)
            .put("dir", security.vncTls())
            .put("endpoint", "server")
            .put("verify-peer", security.vncVerify());
    if (security.vncSecret() == null) {
      return List.of(JsonOption.object(credentials));
    }
    String secret = VNC_CREDENTIALS + "-secret0";
    return List.of(
        SecretObjects.of(placed, secret, security.vncSecret()),
        JsonOption.object(credentials.put("passwordid", secret)));
  }

  private static String vncAddress(ArgvContext placed, Graphics graphics) {
    Graphics.@Nullable Listen listen = listen(graphics);
    String socket = socket(placed, graphics, "vnc.sock");
    if (socket != null) {
      return "vnc=unix:" + TextOption.escape(socket);
    }
    if (listen != null && listen.type().equals("none")) {
      return "none";
    }
    String local = graphics.port() == null ? placed.layout().displaySocket() : null;
    if (local != null) {
      return "vnc=unix:" + TextOption.escape(local);
    }
    int port = graphics.port() == null ? placed.layout().displayPort() : graphics.port();
    return TextOption.escape(host(graphics)) + ":" + (port - VNC_BASE_PORT);
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

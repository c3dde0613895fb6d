package io.drover.definition.argv.device;

import io.drover.contracts.definition.device.Graphics;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.host.DisplaySecurity;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.TextOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of a SPICE display. */
final class SpiceDisplay {
  /** Settings with QEMU's names, in libvirt's order. */
  private static final String[][] NAMES = {
    {"image.compression", "image-compression"},
    {"jpeg.compression", "jpeg-wan-compression"},
    {"zlib.compression", "zlib-glz-wan-compression"},
    {"playback.compression", "playback-compression"},
    {"streaming.mode", "streaming-video"}
  };

  private final ArgvContext placed;
  private final Graphics graphics;
  private final StringBuilder options = new StringBuilder();
  private boolean plain;
  private boolean secure;

  private SpiceDisplay(ArgvContext placed, Graphics graphics) {
    this.placed = placed;
    this.graphics = graphics;
  }

  static String options(ArgvContext placed, Graphics graphics) {
    return new SpiceDisplay(placed, graphics).build();
  }

  private String build() {
    DisplaySecurity security = placed.layout().bindings().security();
    address();
    add("sasl", security.spiceSasl() ? "on" : null);
    String mouse = graphics.settings().get("mouse.mode");
    add("agent-mouse", mouse == null ? null : mouse.equals("client") ? "on" : "off");
    // The password itself comes through QMP: a command line is for everybody to read.
    add("disable-ticketing", graphics.password() == null && !security.spiceSasl() ? "on" : null);
    if (secure) {
      String folder = security.spiceTls();
      add("x509-dir", folder == null ? DisplaySecurity.SPICE_FOLDER : folder);
    }
    channels();
    Map<String, String> settings = graphics.settings();
    for (String[] name : NAMES) {
      add(name[1], settings.get(name[0]));
    }
    add("disable-copy-paste", "no".equals(settings.get("clipboard.copypaste")) ? "on" : null);
    add("disable-agent-file-xfer", "no".equals(settings.get("filetransfer.enable")) ? "on" : null);
    String node = "";
    if ("yes".equals(settings.get("gl.enable"))) {
      add("gl", "on");
      node = Displays.renderNode(placed, graphics);
    }
    return options + node + ",seamless-migration=on";
  }

  private void add(String name, @Nullable String value) {
    if (value != null) {
      options.append(options.isEmpty() ? "" : ",").append(name).append('=');
      options.append(TextOption.escape(value));
    }
  }

  private void address() {
    String socket = Displays.socket(placed, graphics, "spice.sock");
    Graphics.Listen listen = Displays.listen(graphics);
    boolean open = Boolean.TRUE.equals(graphics.autoport());
    boolean nowhere =
        listen != null && listen.type().equals("none")
            || graphics.port() == null && graphics.tlsPort() == null && !open;
    boolean picked = graphics.port() != null || graphics.tlsPort() != null;
    boolean started = placed.layout().displaySocket() != null;
    if (socket == null && open && started && !picked) {
      socket = placed.layout().channelFolder() + "/spice.sock";
    }
    if (socket != null) {
      options.append("unix,addr=").append(TextOption.escape(socket));
      plain = true;
      return;
    }
    if (nowhere) {
      add("port", "0"); // QEMU wants one of the two ports even where none is used
      plain = true;
      return;
    }
    Integer port = graphics.port();
    if (port == null && open && !started) {
      port = placed.layout().displayPort();
    }
    plain = port != null;
    secure = graphics.tlsPort() != null;
    add("port", port == null ? null : port.toString());
    add("tls-port", graphics.tlsPort() == null ? null : graphics.tlsPort().toString());
    add("addr", Displays.address(graphics));
  }

  private void channels() {
    String byDefault = graphics.options().get("defaultMode");
    if (byDefault != null) {
      channel("default", byDefault);
    }
    graphics
        .settings()
        .forEach(
            (name, mode) -> {
              if (name.startsWith("channel.")) {
                channel(name.substring(name.indexOf('.') + 1), mode);
              }
            });
  }

  private void channel(String name, String mode) {
    if (mode.equals("secure")) {
      require(secure, name, "TLS");
      add("tls-channel", name);
    } else if (mode.equals("insecure")) {
      require(plain, name, "plaintext");
      add("plaintext-channel", name);
    }
  }

  private static void require(boolean there, String channel, String kind) {
    if (!there) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "The SPICE channel '"
              + channel
              + "' asks for a "
              + kind
              + " connection, but the display has none.");
    }
  }
}

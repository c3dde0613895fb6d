package io.drover.driver.argv;

import io.drover.contracts.definition.Graphics;
import io.drover.contracts.definition.Video;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Displays, graphics cards. */
final class DisplayDevices {
  private static final int VNC_BASE_PORT = 5900;

  private DisplayDevices() {}

  /** Says that there is no display, where there is none. */
  static void none(Placed placed, Arguments out) {
    if (placed.definition().devices(Graphics.class).isEmpty()) {
      out.option("-display", "none");
    }
  }

  static void displays(Placed placed, Arguments out) {
    int port = placed.layout().displayPort();
    for (Graphics graphics : placed.definition().devices(Graphics.class)) {
      switch (graphics.type()) {
        case "vnc" -> {
          out.option("-vnc", vnc(placed, graphics, port));
          port++;
        }
        case "egl-headless" -> {
          String node = graphics.settings().get("gl.rendernode");
          out.option(
              "-display",
              "egl-headless" + (node == null ? "" : ",rendernode=" + Arguments.escape(node)));
        }
        default ->
            throw new ProblemException(
                ErrorCode.INVALID_DEFINITION,
                "Displays of type '" + graphics.type() + "' are not supported; use vnc.");
      }
    }
  }

  private static String vnc(Placed placed, Graphics graphics, int freePort) {
    StringBuilder vnc = new StringBuilder(address(placed, graphics, freePort));
    Map<String, String> options = graphics.options();
    String websocket = options.get("websocket");
    if (websocket != null) {
      vnc.append(",websocket=").append(websocket.equals("-1") ? "on" : websocket);
    }
    String share = options.get("sharePolicy");
    if (share != null) {
      vnc.append(",share=").append(share);
    }
    String power = options.get("powerControl");
    if (power != null) {
      vnc.append(",power-control=").append(power.equals("yes") ? "on" : "off");
    }
    return vnc.append(",audiodev=").append(AudioBackends.first(placed)).toString();
  }

  private static String address(Placed placed, Graphics graphics, int freePort) {
    String socket = socket(placed, graphics);
    if (socket != null) {
      return "vnc=unix:" + Arguments.escape(socket);
    }
    for (Graphics.Listen listen : graphics.listens()) {
      if (listen.type().equals("none")) {
        return "none";
      }
    }
    String host =
        graphics.listens().isEmpty() || graphics.listens().get(0).address() == null
            ? "127.0.0.1"
            : graphics.listens().get(0).address();
    int port = graphics.port() == null ? freePort : graphics.port();
    if (port < VNC_BASE_PORT) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "The VNC port " + port + " is below 5900, where QEMU's display 0 is.");
    }
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return Arguments.escape(shown) + ":" + (port - VNC_BASE_PORT);
  }

  private static @Nullable String socket(Placed placed, Graphics graphics) {
    if (graphics.socket() != null) {
      return graphics.socket();
    }
    for (Graphics.Listen listen : graphics.listens()) {
      if (listen.type().equals("socket")) {
        return listen.socket() != null
            ? listen.socket()
            : placed.layout().channelFolder() + "/vnc.sock";
      }
    }
    return graphics.port() == null ? placed.layout().displaySocket() : null;
  }

  static void videos(Placed placed, Arguments out) {
    for (Video video : placed.definition().devices(Video.class)) {
      if (video.model() != null && !video.model().equals("none")) {
        out.device(video(placed, video, video.model()));
      }
    }
  }

  private static Props video(Placed placed, Video video, String model) {
    boolean primary = Boolean.TRUE.equals(video.primary());
    Props device = Props.device(driver(video, model, primary));
    Placed.virtio(device, video.virtio());
    device.put("id", Placed.alias(video));
    Video.Memory memory = video.memory();
    switch (model) {
      case "qxl" ->
          device
              .put("max_outputs", video.heads())
              .put("ram_size", bytes(memory.ram()))
              .put("vram_size", bytes(memory.vram()))
              .put("vram64_size_mb", memory.vram64() == null ? 0 : memory.vram64() / 1024)
              .put("vgamem_mb", memory.vgamem() == null ? 16 : memory.vgamem() / 1024);
      case "virtio" -> device.put("max_outputs", video.heads());
      case "vga", "vmvga" ->
          device.put("vgamem_mb", memory.vram() == null ? 16 : memory.vram() / 1024);
      case "bochs" -> device.put("vgamem", bytes(memory.vram()));
      default -> {
        // the others take no sizes
      }
    }
    Video.Resolution resolution = video.resolution();
    if (resolution != null) {
      device.put("xres", resolution.x()).put("yres", resolution.y());
    }
    return placed.at(device, video);
  }

  private static @Nullable Long bytes(@Nullable Integer kib) {
    return kib == null ? null : (Long) (kib * 1024L);
  }

  private static String driver(Video video, String model, boolean primary) {
    String gl = "yes".equals(video.accel3d()) ? "-gl" : "";
    return switch (model) {
      case "qxl" -> primary ? "qxl-vga" : "qxl";
      case "virtio" -> primary ? "virtio-vga" + gl : "virtio-gpu" + gl + "-pci";
      case "vga" -> "VGA";
      case "vmvga" -> "vmware-svga";
      case "bochs" -> "bochs-display";
      case "ramfb" -> "ramfb";
      default -> "cirrus-vga";
    };
  }
}

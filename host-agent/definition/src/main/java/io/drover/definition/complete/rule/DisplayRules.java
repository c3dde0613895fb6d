package io.drover.definition.complete.rule;

import io.drover.contracts.definition.device.Audio;
import io.drover.contracts.definition.device.Graphics;
import io.drover.contracts.definition.device.Input;
import io.drover.contracts.definition.device.Sound;
import io.drover.contracts.definition.device.Video;
import io.drover.definition.complete.builder.DefinitionBuilder;
import io.drover.definition.complete.builder.Faults;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold for displays, graphics cards, sound and input devices. */
final class DisplayRules {
  private static final int MIN_KIB = 1024;
  private static final int FIRST_VNC_PORT = 5900;
  private static final Set<String> OFF_PORTS = Set.of("socket", "none");
  private static final Set<String> SECONDARY = Set.of("qxl", "virtio");
  private static final Set<String> RESIZABLE = Set.of("vga", "qxl", "virtio", "bochs");
  private final Faults faults;
  private final DefinitionBuilder draft;

  private DisplayRules(Faults faults, DefinitionBuilder draft) {
    this.faults = faults;
    this.draft = draft;
  }

  static void check(Faults faults, DefinitionBuilder draft) {
    DisplayRules display = new DisplayRules(faults, draft);
    display.graphics();
    display.videos();
    display.sound();
    display.inputs();
  }

  private void graphics() {
    List<Graphics> all = draft.all(Graphics.class);
    boolean headless = all.stream().anyMatch(each -> each.type().equals("egl-headless"));
    Set<String> types = new HashSet<>();
    for (Graphics graphics : all) {
      String type = graphics.type();
      if (!types.add(type)) {
        faults.fault(
            graphics,
            "only 1 graphics device of each type (sdl, vnc, spice, egl-headless, dbus) is"
                + " supported; there are several of type '"
                + type
                + "'.");
      }
      if (headless && !Set.of("egl-headless", "vnc", "spice").contains(type)) {
        faults.fault(
            graphics,
            "graphics type 'egl-headless' is only supported with one of: 'vnc', 'spice' graphics"
                + " types, not with '"
                + type
                + "'.");
      }
      boolean gl = "yes".equals(graphics.settings().get("gl.enable"));
      if (headless && type.equals("spice") && gl) {
        faults.fault(graphics, "multiple OpenGL displays are not supported by QEMU.");
      }
      ports(graphics);
      if ("yes".equals(graphics.options().get("p2p"))
          && graphics.options().containsKey("address")) {
        faults.fault(graphics, "A D-Bus display with p2p='yes' takes no 'address'.");
      }
    }
  }

  private void ports(Graphics graphics) {
    Integer port = graphics.port();
    boolean off =
        graphics.socket() != null
            || graphics.listens().stream().anyMatch(each -> OFF_PORTS.contains(each.type()));
    boolean chosen = Boolean.FALSE.equals(graphics.autoport()) && !off;
    if (graphics.type().equals("vnc") && port == null && chosen) {
      faults.fault(
          graphics, "vnc port must be in range [5900,65535]; give one, or autoport='yes'.");
    }
    if (graphics.type().equals("vnc") && port != null && port < FIRST_VNC_PORT && !off) {
      faults.fault(graphics, "The VNC port " + port + " is below 5900, where QEMU's display 0 is.");
    }
    Map<String, String> settings = graphics.settings();
    boolean secure = graphics.tlsPort() != null || Boolean.TRUE.equals(graphics.autoport());
    if (settings.keySet().stream().anyMatch(name -> name.startsWith("channel."))
        && settings.containsValue("secure")
        && !secure) {
      faults.fault(
          graphics,
          "spice secure channels set in XML configuration, but TLS connection is not available;"
              + " give a 'tlsPort'.");
    }
  }

  private void videos() {
    List<Video> all = draft.all(Video.class);
    if (all.stream().anyMatch(video -> "none".equals(video.model())) && all.size() > 1) {
      faults.fault(
          all.get(0), "A 'none' video type must be the only video device defined for the domain.");
    }
    for (Video video : all) {
      String model = video.model() == null ? "" : video.model();
      if (!Boolean.TRUE.equals(video.primary()) && !SECONDARY.contains(model)) {
        faults.fault(video, "video type '" + model + "' is only valid as primary video device.");
      }
      if (video.resolution() != null && !RESIZABLE.contains(model)) {
        faults.fault(video, "A card of model '" + model + "' takes no <resolution>.");
      }
      boolean vhost = "vhostuser".equals(video.backend());
      if (vhost && !model.equals("virtio")) {
        faults.fault(video, "The driver 'vhostuser' is for model 'virtio', not '" + model + "'.");
      }
      if ("yes".equals(video.accel3d()) && !vhost && !model.equals("virtio")) {
        faults.fault(video, model + " 3d acceleration is not supported.");
      }
      Integer heads = video.heads();
      if (heads != null && heads > 1 && !SECONDARY.contains(model)) {
        faults.fault(video, "video type '" + model + "' doesn't support multiple 'heads'.");
      }
      memory(video, model);
      if (model.equals("ramfb") && video.info().address() != null) {
        faults.fault(video, "'address' is not supported for 'ramfb' video devices.");
      }
    }
  }

  private void memory(Video video, String model) {
    Video.VideoMemory given = video.memory();
    boolean more = given.ram() != null || given.vram64() != null || given.vgamem() != null;
    if (more && !model.equals("qxl")) {
      faults.fault(video, "'ram', 'vram64' and 'vgamem' are only supported for video type 'qxl'.");
    }
    if (!video.virtio().none() && !model.equals("virtio")) {
      faults.fault(
          video, "The driver's virtio options are for model 'virtio', not '" + model + "'.");
    }
    boolean vhost = "vhostuser".equals(video.backend());
    if (video.renderNode() != null && !vhost) {
      faults.fault(video, "A 'rendernode' is only supported with the driver 'vhostuser'.");
    }
    Integer vram = video.memory().vram();
    if ((model.equals("vga") || model.equals("vmvga")) && vram != null && vram < MIN_KIB) {
      faults.fault(video, "value for 'vram' must be at least 1 MiB (1024 KiB).");
    }
    Integer vgamem = video.memory().vgamem();
    if (model.equals("qxl") && vgamem != null && vgamem < MIN_KIB) {
      faults.fault(video, "value for 'vgamem' must be at least 1 MiB (1024 KiB).");
    } else if (model.equals("qxl") && vgamem != null && Integer.bitCount(vgamem) != 1) {
      faults.fault(video, "value for 'vgamem' must be power of two.");
    }
  }

  private void sound() {
    Set<Integer> ids = new HashSet<>();
    for (Audio audio : draft.all(Audio.class)) {
      if (!ids.add(audio.id())) {
        faults.fault(audio, "The <audio> id " + audio.id() + " is used twice.");
      }
    }
    for (Sound sound : draft.all(Sound.class)) {
      Integer id = sound.audio();
      if (id != null && !ids.contains(id)) {
        faults.fault(sound, "unable to find audio backend for sound device: id " + id + ".");
      }
    }
    for (Graphics graphics : draft.all(Graphics.class)) {
      String id = graphics.settings().get("audio.id");
      if (id == null) {
        continue;
      }
      Optional<Audio> audio =
          draft.all(Audio.class).stream()
              .filter(each -> String.valueOf(each.id()).equals(id))
              .findFirst();
      if (audio.isEmpty()) {
        faults.fault(graphics, "There is no <audio> with the id '" + id + "'.");
      } else if (graphics.type().equals("dbus") && !audio.get().type().equals("dbus")) {
        faults.fault(graphics, "The associated audio is not of 'dbus' kind.");
      }
    }
  }

  private void inputs() {
    for (Input input : draft.all(Input.class)) {
      String type = input.type();
      String bus = input.bus() == null ? "" : input.bus();
      String model = input.model();
      if (model != null && model.endsWith("-transitional")) {
        faults.fault(
            input,
            "virtio (non-)transitional models are not supported for input type='" + type + "'.");
      }
      if (model != null && !bus.equals("virtio")) {
        faults.fault(input, "only bus='virtio' has a 'model' for input devices.");
      }
      if (bus.equals("ps2") && !type.equals("mouse") && !type.equals("keyboard")) {
        faults.fault(input, "ps2 bus does not support " + type + " input device.");
      }
      if (type.equals("passthrough") && !bus.equals("virtio")) {
        faults.fault(input, "only bus='virtio' is supported for 'passthrough' input devices.");
      }
      if (type.equals("evdev") != bus.equals("none")) {
        faults.fault(input, "input type='evdev' has no bus, and nothing else has none.");
      }
    }
  }
}

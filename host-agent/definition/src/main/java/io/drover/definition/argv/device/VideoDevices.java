package io.drover.definition.argv.device;

import io.drover.contracts.definition.device.Video;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.Chardev;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import org.jspecify.annotations.Nullable;

/** The graphics cards. */
public final class VideoDevices {
  private VideoDevices() {}

  public static DevicePart part(ArgvContext placed, Video video) {
    String model = video.model();
    if (model == null || model.equals("none")) {
      return DevicePart.NONE;
    }
    JsonOption device = JsonOption.device(video(placed, video, model));
    return vhostUser(video)
        ? DevicePart.of(vhostUserSocket(placed, video), device)
        : DevicePart.of(device);
  }

  private static boolean vhostUser(Video video) {
    return "vhostuser".equals(video.backend());
  }

  /** Where the process is that draws for the card. */
  private static Chardev vhostUserSocket(ArgvContext placed, Video video) {
    String alias = ArgvContext.alias(video);
    String own = placed.layout().channelFolder() + "/" + alias + "-vhost-user-gpu.sock";
    String path = placed.layout().bindings().of(alias, own);
    return new Chardev("socket", "chr-vu-" + alias, new Props().put("path", path));
  }

  private static Props video(ArgvContext placed, Video video, String model) {
    boolean primary = Boolean.TRUE.equals(video.primary());
    Props device = Props.device(driver(video, model, primary));
    if (!primary || !vhostUser(video)) {
      ArgvContext.virtio(
          device, video.virtio()); // VGA that another process draws has none of these
    }
    device.put("id", ArgvContext.alias(video));
    Video.VideoMemory memory = video.memory();
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
    if (vhostUser(video)) {
      device.put("chardev", "chr-vu-" + ArgvContext.alias(video));
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
    if (vhostUser(video)) {
      return primary ? "vhost-user-vga" : "vhost-user-gpu-pci";
    }
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

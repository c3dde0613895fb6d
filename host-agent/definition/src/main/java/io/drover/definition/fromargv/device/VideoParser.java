package io.drover.definition.fromargv.device;

import io.drover.definition.fromargv.draft.GuestDeviceProps;
import io.drover.definition.fromargv.draft.MutableElement;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.line.Values;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Graphics cards. */
public final class VideoParser {
  private static final Map<String, String> MODELS =
      Map.ofEntries(
          Map.entry("VGA", "vga"),
          Map.entry("cirrus-vga", "cirrus"),
          Map.entry("qxl", "qxl"),
          Map.entry("qxl-vga", "qxl"),
          Map.entry("virtio-vga", "virtio"),
          Map.entry("virtio-vga-gl", "virtio"),
          Map.entry("virtio-gpu-pci", "virtio"),
          Map.entry("virtio-gpu-gl-pci", "virtio"),
          Map.entry("vhost-user-vga", "virtio"),
          Map.entry("vhost-user-gpu-pci", "virtio"),
          Map.entry("bochs-display", "bochs"),
          Map.entry("ramfb", "ramfb"),
          Map.entry("vmware-svga", "vmvga"));

  public static final Set<String> DRIVERS = MODELS.keySet();

  private VideoParser() {}

  public static void read(ParsedCommandLine draft, String driver, Values values) {
    MutableElement video = draft.devices().add("video");
    MutableElement model = video.add("model").with("type", MODELS.get(driver));
    if (driver.startsWith("vhost-user")) {
      video.part("driver").with("name", "vhostuser");
      Values socket = draft.backends().use("-chardev", values.take("chardev"));
      if (socket != null) {
        socket.takeLeft(); // the process that draws is started anew
      }
    }
    model.with("heads", values.take("max_outputs"));
    memory(model, String.valueOf(MODELS.get(driver)), values);
    if (driver.contains("-gl")) {
      model.add("acceleration").with("accel3d", "yes");
    }
    String width = values.take("xres");
    if (width != null) {
      model.add("resolution").with("x", width).with("y", values.take("yres"));
    }
    GuestDeviceProps.virtio(video, values);
    GuestDeviceProps.common(draft, video, values);
  }

  private static void memory(MutableElement model, String type, Values values) {
    if (type.equals("qxl")) {
      Long large = values.takeNumber("vram64_size_mb");
      model
          .with("ram", values.takeKib("ram_size"))
          .with("vram", values.takeKib("vram_size"))
          .with("vram64", large == null || large == 0 ? null : (Long) (large * 1024))
          .with("vgamem", kib(values.takeNumber("vgamem_mb")));
    } else if (type.equals("bochs")) {
      model.with("vram", values.takeKib("vgamem"));
    } else {
      model.with("vram", kib(values.takeNumber("vgamem_mb")));
    }
  }

  private static @Nullable Long kib(@Nullable Long mib) {
    return mib == null ? null : (Long) (mib * 1024);
  }
}

package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.common.DeviceInfoXml;
import io.drover.contracts.definition.common.VirtioOptions;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A graphics card. Memory sizes are in KiB, as libvirt writes them.
 *
 * @param model cirrus, vga, qxl, virtio, bochs, ramfb, vmvga or none; null for the default
 * @param primary whether it is the one that shows the firmware's screen
 * @param backend vhostuser, or null
 */
public record Video(
    DeviceInfo info,
    @Nullable String model,
    @Nullable Boolean primary,
    @Nullable Integer heads,
    VideoMemory memory,
    @Nullable String accel3d,
    @Nullable String renderNode,
    @Nullable Resolution resolution,
    @Nullable String backend,
    VirtioOptions virtio)
    implements Device {
  private static final int MAX_KIB = 4 * 1024 * 1024;
  private static final List<String> ACCELERATION = List.of("accel2d", "accel3d", "rendernode");

  public Video {
    info = Defaults.or(info, DeviceInfo.NONE);
    memory = Defaults.or(memory, VideoMemory.NONE);
    virtio = Defaults.or(virtio, VirtioOptions.NONE);
  }

  public record VideoMemory(
      @Nullable Integer vram,
      @Nullable Integer ram,
      @Nullable Integer vram64,
      @Nullable Integer vgamem) {
    public static final VideoMemory NONE = new VideoMemory(null, null, null, null);
  }

  public record Resolution(int x, int y) {}

  @Override
  public Video withInfo(DeviceInfo value) {
    return new Video(
        value, model, primary, heads, memory, accel3d, renderNode, resolution, backend, virtio);
  }

  /** The same card with its model's defaults filled in. */
  public Video withDefaults(
      String newModel, boolean isPrimary, @Nullable Integer newHeads, VideoMemory newMemory) {
    return new Video(
        info,
        newModel,
        isPrimary,
        newHeads,
        newMemory,
        accel3d,
        renderNode,
        resolution,
        backend,
        virtio);
  }

  static Video read(XmlElement element) {
    XmlElement model = element.child("model");
    XmlElement driver = element.child("driver");
    String backend = driver == null ? null : driver.values().word("name", "qemu", "vhostuser");
    VirtioOptions virtio =
        driver == null ? VirtioOptions.NONE : VirtioOptions.read(driver.values());
    DeviceInfo info = DeviceInfoXml.read(element);
    if (model == null) {
      return new Video(info, null, null, null, VideoMemory.NONE, null, null, null, backend, virtio);
    }
    XmlValues values = model.values();
    XmlElement acceleration = model.child("acceleration");
    XmlElement resolution = model.child("resolution");
    if (acceleration != null
        && ACCELERATION.stream().allMatch(name -> acceleration.attribute(name) == null)) {
      acceleration.invalid("<acceleration> needs 'accel2d', 'accel3d' or 'rendernode'.");
    }
    if (acceleration != null && "yes".equals(acceleration.values().word("accel2d", "yes", "no"))) {
      acceleration.invalid("accel2d", "QEMU does not support it.");
    }
    values.neutral("blob", "off");
    return new Video(
        info,
        values.word("type", "cirrus", "vga", "vmvga", "qxl", "virtio", "bochs", "ramfb", "none"),
        values.yesNo("primary"),
        values.integer("heads", 1, 16),
        new VideoMemory(
            size(values, "vram"),
            size(values, "ram"),
            size(values, "vram64"),
            size(values, "vgamem")),
        acceleration == null ? null : acceleration.values().word("accel3d", "yes", "no"),
        acceleration == null ? null : acceleration.values().text("rendernode"),
        resolution == null ? null : new Resolution(size(resolution, "x"), size(resolution, "y")),
        backend,
        virtio);
  }

  /** Zero says nothing. */
  private static @Nullable Integer size(XmlValues values, String attribute) {
    Integer kib = values.integer(attribute, 0, MAX_KIB);
    return kib == null || kib == 0 ? null : kib;
  }

  private static int size(XmlElement resolution, String attribute) {
    resolution.values().required(attribute);
    return resolution.values().integerOr(attribute, 0, 1, 32_768);
  }

  /** Whether {@code <model>} says anything; a card of the machine's own type may have sizes. */
  private boolean described() {
    boolean pictured = heads != null || resolution != null || !memory.equals(VideoMemory.NONE);
    return model != null || primary != null || pictured || accel3d != null || renderNode != null;
  }

  void write(XmlWriter out) {
    out.open("video");
    if (backend != null || !virtio.none()) {
      out.open("driver").attribute("name", backend);
      virtio.write(out);
      out.close();
    }
    if (described()) {
      out.open("model")
          .attribute("type", model)
          .attribute("ram", memory.ram)
          .attribute("vram", memory.vram)
          .attribute("vram64", memory.vram64)
          .attribute("vgamem", memory.vgamem)
          .attribute("heads", heads)
          .yesNo("primary", primary);
      if (accel3d != null || renderNode != null) {
        out.open("acceleration")
            .attribute("accel3d", accel3d)
            .attribute("rendernode", renderNode)
            .close();
      }
      out.part(
          resolution, r -> out.open("resolution").attribute("x", r.x).attribute("y", r.y).close());
      out.close();
    }
    DeviceInfoXml.write(info, out);
    out.close();
  }
}

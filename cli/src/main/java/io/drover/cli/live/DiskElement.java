package io.drover.cli.live;

import io.drover.contracts.definition.DeviceXml;
import io.drover.contracts.definition.TenantPolicy;
import io.drover.contracts.definition.device.Disk;
import java.util.ArrayList;
import java.util.List;

/** Makes libvirt's {@code <disk>} of what stands on a command line. */
final class DiskElement {
  private final List<String> children = new ArrayList<>();
  private final String device;
  private final boolean file;

  /**
   * @param source a volume's name, or a path of the host, which only an operator may name
   */
  DiskElement(String device, String source, String target, String bus) {
    this.device = device;
    this.file = source.startsWith("/");
    children.add(
        file
            ? "<source file='" + escaped(source) + "'/>"
            : "<source pool='" + TenantPolicy.POOL + "' volume='" + escaped(source) + "'/>");
    String on = bus.isEmpty() ? "" : " bus='" + escaped(bus) + "'";
    children.add("<target dev='" + escaped(target) + "'" + on + "/>");
  }

  DiskElement with(String child) {
    children.add(child);
    return this;
  }

  Disk read() {
    return DeviceXml.read(
        "<disk type='"
            + (file ? "file" : "volume")
            + "' device='"
            + escaped(device)
            + "'>"
            + String.join("", children)
            + "</disk>",
        Disk.class);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&apos;")
        .replace("\"", "&quot;");
  }
}

package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.CpuSet;
import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.common.DeviceInfoXml;
import io.drover.contracts.definition.common.Sizes;
import io.drover.contracts.definition.xml.Numbers;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Memory as a device: it can be plugged in and, some of it, pulled out.
 *
 * @param model dimm, nvdimm, virtio-pmem, virtio-mem or sgx-epc
 * @param access shared or private; null for the cell's or the domain's
 * @param discard yes or no; null for the cell's or the domain's
 */
public record MemoryDevice(
    DeviceInfo info,
    String model,
    @Nullable String access,
    @Nullable String discard,
    @Nullable UUID uuid,
    Source source,
    Target target)
    implements Device {
  private static final int MAX_NODE = 127;

  public MemoryDevice {
    info = Defaults.or(info, DeviceInfo.NONE);
    source = Defaults.or(source, Source.NONE);
  }

  /**
   * What it is on the host.
   *
   * @param path the file that a non-volatile device keeps its content in
   * @param alignKib the alignment of the mapping
   * @param pmem whether the file is persistent memory itself
   * @param pageSizeKib the size of the pages; null for the domain's
   * @param nodes the host's NUMA nodes
   */
  public record Source(
      @Nullable String path,
      @Nullable Long alignKib,
      boolean pmem,
      @Nullable Long pageSizeKib,
      @Nullable String nodes) {
    public static final Source NONE = new Source(null, null, false, null, null);
  }

  /**
   * What the guest sees.
   *
   * @param node the guest's NUMA node; null for none
   * @param labelKib the size of the label area of an nvdimm
   * @param readonly whether the guest may not write to an nvdimm
   * @param blockKib the pieces that virtio-mem is plugged in
   * @param requestedKib how much of virtio-mem is plugged in at start
   */
  public record Target(
      long sizeKib,
      @Nullable Integer node,
      @Nullable Long labelKib,
      boolean readonly,
      @Nullable Long blockKib,
      @Nullable Long requestedKib) {}

  /** Whether it is plugged into a DIMM slot rather than into a PCI one. */
  public boolean slotted() {
    return model.equals("dimm") || model.equals("nvdimm");
  }

  @Override
  public MemoryDevice withInfo(DeviceInfo value) {
    return new MemoryDevice(value, model, access, discard, uuid, source, target);
  }

  public MemoryDevice withTarget(Target value) {
    return new MemoryDevice(info, model, access, discard, uuid, source, value);
  }

  static MemoryDevice read(XmlElement element) {
    String model =
        element.values().word("model", "dimm", "nvdimm", "virtio-pmem", "virtio-mem", "sgx-epc");
    if (model == null && element.attribute("model") == null) {
      element.invalid("<memory> needs 'model', as in model='dimm'.");
    }
    return new MemoryDevice(
        DeviceInfoXml.read(element),
        model == null ? "dimm" : model,
        element.values().word("access", "shared", "private"),
        element.values().word("discard", "yes", "no"),
        Numbers.uuidOfText(element.child("uuid")),
        source(element.child("source"), model == null ? "dimm" : model),
        target(element));
  }

  private static Source source(@Nullable XmlElement element, String model) {
    if (element == null) {
      return Source.NONE;
    }
    boolean file = model.equals("nvdimm") || model.equals("virtio-pmem");
    XmlElement nodes = element.child("nodemask");
    Source source =
        new Source(
            element.childText("path"),
            size(element, "alignsize"),
            element.has("pmem"),
            size(element, "pagesize"),
            nodes == null ? null : CpuSet.checked(nodes, nodes.text()));
    if (file && (source.path == null || source.path.isEmpty())) {
      element.invalid("Memory of model '" + model + "' needs <path> in its <source>.");
    }
    if (!file && (source.path != null || source.alignKib != null || source.pmem)) {
      element.invalid("Memory of model '" + model + "' has no file on the host.");
    }
    if (file && (source.pageSizeKib != null || source.nodes != null)) {
      element.invalid("Memory of model '" + model + "' takes neither <pagesize> nor <nodemask>.");
    }
    return source;
  }

  private static Target target(XmlElement device) {
    XmlElement element = device.child("target");
    if (element == null) {
      device.invalid("<memory> needs <target><size unit='MiB'>...</size></target>.");
      return new Target(0, null, null, false, null, null);
    }
    element.values().neutral("dynamicMemslots", "no");
    Long size = size(element, "size");
    if (size == null || size == 0) {
      element.invalid("<target> needs <size>, more than 0.");
    }
    XmlElement node = element.child("node");
    Long number = node == null ? null : Numbers.ofText(node, 0, MAX_NODE);
    XmlElement label = element.child("label");
    XmlElement plugged = element.child("current");
    if (plugged != null) {
      plugged.readWhole(); // the state of a running domain, of no meaning for the next start
    }
    return new Target(
        size == null ? 0 : size,
        number == null ? null : (Integer) number.intValue(),
        label == null ? null : size(label, "size"),
        element.has("readonly"),
        size(element, "block"),
        size(element, "requested"));
  }

  private static @Nullable Long size(XmlElement parent, String name) {
    XmlElement element = parent.child(name);
    return element == null ? null : Sizes.kib(Sizes.bytes(element, 0, "KiB"));
  }

  void write(XmlWriter out) {
    out.open("memory")
        .attribute("model", model)
        .attribute("access", access)
        .attribute("discard", discard);
    out.element("uuid", uuid);
    if (!source.equals(Source.NONE)) {
      out.open("source").element("path", source.path);
      kib("alignsize", source.alignKib, out);
      out.flag("pmem", source.pmem);
      kib("pagesize", source.pageSizeKib, out);
      out.element("nodemask", source.nodes).close();
    }
    out.open("target");
    kib("size", target.sizeKib, out);
    out.element("node", target.node);
    if (target.labelKib != null) {
      out.open("label");
      kib("size", target.labelKib, out);
      out.close();
    }
    out.flag("readonly", target.readonly);
    kib("block", target.blockKib, out);
    kib("requested", target.requestedKib, out);
    out.close();
    DeviceInfoXml.write(info, out);
    out.close();
  }

  private static void kib(String name, @Nullable Long size, XmlWriter out) {
    if (size != null) {
      out.open(name).attribute("unit", "KiB").closeWith(size);
    }
  }
}

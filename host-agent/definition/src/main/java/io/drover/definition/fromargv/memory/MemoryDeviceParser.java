package io.drover.definition.fromargv.memory;

import io.drover.definition.fromargv.draft.GuestDeviceProps;
import io.drover.definition.fromargv.draft.MutableElement;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.line.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Memory that is a device. */
public final class MemoryDeviceParser {
  public static final List<String> DRIVERS =
      List.of("pc-dimm", "nvdimm", "virtio-mem-pci", "virtio-pmem-pci");

  private MemoryDeviceParser() {}

  public static void read(ParsedCommandLine draft, String driver, Values values) {
    String model = driver.equals("pc-dimm") ? "dimm" : driver.replace("-pci", "");
    MutableElement device = draft.devices().add("memory").with("model", model);
    MutableElement source = device.add("source");
    MutableElement target = device.add("target");
    boolean slotted = model.equals("dimm") || model.equals("nvdimm");
    Values object = draft.backends().use("-object", values.take("memdev"));
    if (object != null) {
      backend(draft, device, source, target, object, model);
    }
    target.element("node", values.take("node"));
    kib(target, "block", values.takeKib("block-size"));
    kib(target, "requested", values.takeKib("requested-size"));
    Long label = values.takeKib("label-size");
    if (label != null) {
      kib(target.add("label"), "size", label);
    }
    if (values.takeOn("unarmed")) {
      target.add("readonly");
    }
    values.take("prealloc"); // follows from the memory's allocation
    if (slotted) {
      String slot = values.take("slot");
      String base = values.take("addr");
      if (slot != null) {
        device
            .add("address")
            .with("type", "dimm")
            .with("slot", slot)
            .with("base", base == null ? null : "0x" + Long.toHexString(Values.number(base)));
      }
    }
    GuestDeviceProps.common(draft, device, values);
    device.dropIfEmpty(source);
  }

  private static void backend(
      ParsedCommandLine draft,
      MutableElement device,
      MutableElement source,
      MutableElement target,
      Values object,
      String model) {
    boolean file = model.equals("nvdimm") || model.startsWith("virtio-pmem");
    Long kib = object.takeKib("size");
    kib(target, "size", kib);
    draft.deviceKib(kib == null ? 0 : kib);
    String share = object.takeOnOff("share");
    if (share != null) {
      device.with("access", share.equals("on") ? "shared" : "private");
    }
    device.with("discard", object.takeYesNo("discard-data"));
    String path = object.peek("mem-path");
    if (file) {
      source.element("path", object.take("mem-path"));
    } else if (path != null && path.contains("hugepages")) {
      object.take("mem-path");
      kib(source, "pagesize", path.contains("hugepages1G") ? 1_048_576L : 2048L);
      object.take("prealloc");
      object.take("prealloc-threads");
    } else if (path != null) {
      object.take("mem-path");
    }
    if (object.takeOn("hugetlb")) {
      kib(source, "pagesize", object.takeKib("hugetlbsize"));
    }
    Long align = object.takeKib("align");
    if (align != null) {
      kib(source, "alignsize", align);
    }
    if (object.takeOn("pmem")) {
      source.add("pmem");
    }
    String nodes = MemoryParser.nodes(object);
    if (nodes != null) {
      String mode = MemoryParser.mode(object);
      if (!file) {
        object.take("policy");
        source.element("nodemask", nodes);
      } else if (!target.has("node")
          && !device.has("node")
          && !draft.domain().part("numatune").has("memory")) {
        draft.domain().part("numatune").part("memory").with("mode", mode).with("nodeset", nodes);
      }
    }
    for (String common : List.of("qom-type", "prealloc", "prealloc-threads", "reserve")) {
      object.take(common);
    }
    Values context = draft.backends().use("-object", object.take("prealloc-context"));
    if (context != null) {
      context.takeLeft(); // the threads that fill the memory are where the memory is
    }
  }

  public static void kib(MutableElement parent, String name, @Nullable Long kib) {
    if (kib != null) {
      parent.add(name).with("unit", "KiB").holding(kib);
    }
  }

  /** Enclaves, which the machine option names. */
  public static void enclaves(ParsedCommandLine draft, Values machine) {
    for (int i = 0; machine.hasInside("sgx-epc." + i); i++) {
      Values enclave = machine.inside("sgx-epc." + i);
      MutableElement device = draft.devices().add("memory").with("model", "sgx-epc");
      MutableElement source = device.add("source");
      MutableElement target = device.add("target");
      String id = enclave.take("memdev", "");
      Values object = draft.backends().use("-object", id);
      if (object != null) {
        backend(draft, device, source, target, object, "sgx-epc");
      }
      target.element("node", enclave.take("node"));
      GuestDeviceProps.alias(device, id.startsWith("mem") ? id.substring(3) : id);
      device.dropIfEmpty(source);
    }
  }
}

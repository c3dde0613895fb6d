package io.drover.definition.argv.memory;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.MemoryDevice;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.QemuOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Memory that is a device: in a DIMM slot, on PCI, or an enclave of the CPU. */
public final class MemoryDevices {
  private MemoryDevices() {}

  public static DevicePart part(ArgvContext placed, MemoryDevice device) {
    HostMemory memory = new HostMemory(placed);
    List<QemuOption> options = new ArrayList<>(memory.device(device).options());
    if (!device.model().equals("sgx-epc")) {
      options.add(JsonOption.device(device(placed, memory, device)));
    }
    return new DevicePart(options);
  }

  private static Props device(ArgvContext placed, HostMemory memory, MemoryDevice device) {
    MemoryDevice.Target target = device.target();
    boolean virtioMem = device.model().equals("virtio-mem");
    boolean nvdimm = device.model().equals("nvdimm");
    Props props =
        Props.device(driver(device.model()))
            .put("node", target.node())
            .put("label-size", nvdimm ? bytes(target.labelKib()) : null)
            .put("block-size", virtioMem ? bytes(target.blockKib()) : null)
            .put("requested-size", virtioMem ? bytes(target.requestedKib()) : null)
            .put("unarmed", nvdimm && target.readonly() ? (Boolean) true : null)
            .put("memdev", "mem" + ArgvContext.alias(device));
    if (virtioMem && memory.allocatesPlugged(device)) {
      props.put("prealloc", true);
    }
    props.put("id", ArgvContext.alias(device));
    if (device.info().address() instanceof Address.Dimm dimm) {
      return props.put("slot", dimm.slot()).put("addr", nonZero(dimm.base()));
    }
    return placed.at(props, device);
  }

  private static String driver(String model) {
    return switch (model) {
      case "dimm" -> "pc-dimm";
      case "nvdimm" -> "nvdimm";
      default -> model + "-pci";
    };
  }

  private static @Nullable Long bytes(@Nullable Long kib) {
    return kib == null || kib == 0 ? null : (Long) (kib << 10);
  }

  private static @Nullable Long nonZero(@Nullable Long value) {
    return value == null || value == 0 ? null : value;
  }

  /** What the machine option says of such devices. */
  public static String machineOptions(ArgvContext placed) {
    StringBuilder options = new StringBuilder();
    boolean lasting = false;
    int enclaves = 0;
    for (MemoryDevice device : placed.definition().devices(MemoryDevice.class)) {
      if (device.model().equals("nvdimm") && !lasting) {
        options.append(",nvdimm=on");
        lasting = true;
      } else if (device.model().equals("sgx-epc")) {
        String name = ",sgx-epc." + enclaves++;
        int node = device.target().node() == null ? 0 : device.target().node();
        options.append(name).append(".memdev=mem").append(ArgvContext.alias(device));
        options.append(name).append(".node=").append(node);
      }
    }
    return options.toString();
  }
}

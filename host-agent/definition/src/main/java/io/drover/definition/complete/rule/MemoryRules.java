package io.drover.definition.complete.rule;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.common.CpuSet;
import io.drover.contracts.definition.cpu.CpuModel;
import io.drover.contracts.definition.device.MemoryDevice;
import io.drover.contracts.definition.memory.MemoryBacking;
import io.drover.contracts.definition.memory.NumaCell;
import io.drover.contracts.definition.memory.NumaInterconnect;
import io.drover.contracts.definition.memory.NumaTuning;
import io.drover.definition.complete.address.MemoryPlacement;
import io.drover.definition.complete.builder.Faults;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold between the memory, the NUMA cells and the memory devices. */
final class MemoryRules {
  private static final String PAGES = "/domain/memoryBacking/hugepages";
  private static final long MIN_LABEL_KIB = 128;

  /** The size of the host's transparent huge pages. */
  private static final long MIN_BLOCK_KIB = 2048;

  private final Faults faults;
  private final DomainDefinition definition;
  private final List<NumaCell> cells;

  private MemoryRules(Faults faults, DomainDefinition definition) {
    this.faults = faults;
    this.definition = definition;
    CpuModel cpu = definition.cpu();
    this.cells = cpu == null ? List.of() : cpu.numa();
  }

  static void check(Faults faults, DomainDefinition definition) {
    MemoryRules memory = new MemoryRules(faults, definition);
    memory.cells();
    memory.pages();
    memory.tuning();
    memory.devices();
  }

  private void cells() {
    Map<Integer, Integer> owners = new HashMap<>();
    int max = definition.vcpus().max();
    for (NumaCell cell : cells) {
      String at = "/domain/cpu/numa/cell[" + (cell.id() + 1) + "]";
      for (int cpu : cell.cpus() == null ? Set.<Integer>of() : CpuSet.numbers(cell.cpus())) {
        Integer other = owners.putIfAbsent(cpu, cell.id());
        if (other != null) {
          faults.fault(
              at, "NUMA cells " + cell.id() + " and " + other + " both have vCPU " + cpu + ".");
          break;
        }
        if (cpu >= max) {
          faults.fault(at, "There is no vCPU " + cpu + "; the domain has " + max + ".");
          break;
        }
      }
      cell.distances()
          .forEach(
              (other, value) -> {
                int id = Integer.parseInt(other);
                if (id >= cells.size()) {
                  faults.fault(at + "/distances", "There is no NUMA cell " + id + ".");
                } else if ((id == cell.id()) != (value == 10)) {
                  faults.fault(
                      at + "/distances",
                      "A cell's distance to itself is 10, and to any other cell more than that.");
                }
              });
    }
    interconnects();
  }

  private void interconnects() {
    CpuModel cpu = definition.cpu();
    Set<List<Object>> seen = new HashSet<>();
    for (NumaInterconnect each : cpu == null ? List.<NumaInterconnect>of() : cpu.interconnects()) {
      String at = "/domain/cpu/numa/interconnects/" + each.kind();
      Integer level = each.cache();
      if (each.initiator() >= cells.size() || each.target() >= cells.size()) {
        faults.fault(at, "It names a NUMA cell that is not there.");
      } else if (cells.get(each.initiator()).cpus() == null) {
        faults.fault(
            at, "The cell " + each.initiator() + " has no CPUs and cannot be 'initiator'.");
      } else if (level != null
          && cells.get(each.target()).caches().stream().noneMatch(c -> c.level() == level)) {
        faults.fault(at, "The cell " + each.target() + " has no cache of level " + level + ".");
      }
      List<Object> key =
          List.of(
              each.kind(),
              each.initiator(),
              each.target(),
              level == null ? 0 : level,
              each.access());
      if (!seen.add(key)) {
        faults.fault(at, "The same entry occurs twice.");
      }
    }
  }

  private void pages() {
    MemoryBacking backing = definition.memory().backing();
    if (backing == null) {
      return;
    }
    if (!backing.hugePages().isEmpty()) {
      if ("anonymous".equals(backing.source())) {
        faults.fault(PAGES, "They are not allowed with an anonymous memory source.");
      }
      if ("ondemand".equals(backing.allocation())) {
        faults.fault(PAGES, "They are not allowed with memory that is allocated on demand.");
      }
    }
    if (cells.isEmpty() && backing.hugePages().size() > 1) {
      faults.fault(PAGES, "A guest without NUMA cells has one size of pages; give one <page>.");
    }
    Set<Integer> taken = new HashSet<>();
    for (MemoryBacking.HugePage page : backing.hugePages()) {
      String nodes = page.nodes();
      if (nodes == null) {
        continue;
      }
      for (int node : CpuSet.numbers(nodes)) {
        boolean whole = cells.isEmpty() && node == 0;
        if (node >= cells.size() && !whole) {
          faults.fault(PAGES, "node " + node + " not found: the guest has no such NUMA cell.");
          break;
        }
        if (!taken.add(node)) {
          faults.fault(PAGES, "The nodeset attributes of two <page> both name node " + node + ".");
          break;
        }
      }
    }
  }

  private void tuning() {
    for (NumaTuning.Cell cell : definition.tuning().numa().cells()) {
      if (cell.id() >= cells.size()) {
        faults.fault(
            "/domain/numatune/memnode/@cellid", "The guest has no NUMA cell " + cell.id() + ".");
      }
    }
  }

  private void devices() {
    List<MemoryDevice> devices = definition.devices(MemoryDevice.class);
    Integer slots = definition.memory().maxSlots();
    boolean plugging = definition.memory().maxKib() != null && slots != null;
    if (plugging && cells.isEmpty()) {
      faults.fault(
          "/domain/maxMemory",
          "At least one NUMA cell must be configured when memory can be plugged in.");
    }
    Set<Integer> used = new HashSet<>();
    Set<Long> bases = new HashSet<>();
    long slotted = 0;
    for (MemoryDevice device : devices) {
      if (!plugging) {
        faults.fault(device, "A memory device needs <maxMemory slots='...'>.");
      }
      slotted += device.slotted() ? 1 : 0;
      if (device.slotted()
          && slots != null
          && device.info().address() instanceof Address.Dimm dimm) {
        if (dimm.slot() >= slots) {
          faults.fault(device, "Slot " + dimm.slot() + " is beyond the " + slots + " slots.");
        } else if (!used.add(dimm.slot())) {
          faults.fault(device, "Slot " + dimm.slot() + " is used twice.");
        } else if (dimm.base() != null && dimm.base() != 0 && !bases.add(dimm.base())) {
          faults.fault(device, "Another memory device has the same 'base'.");
        }
      }
      device(device);
    }
    if (slots != null && slotted > slots) {
      faults.fault("/domain/maxMemory/@slots", "There are more memory devices than slots.");
    }
  }

  private void device(MemoryDevice device) {
    MemoryDevice.Target target = device.target();
    String model = device.model();
    boolean file = model.equals("nvdimm") || model.equals("virtio-pmem");
    if (file && device.source().path() == null) {
      faults.fault(device, "A path is required for model '" + model + "'.");
    }
    Address address = device.info().address();
    if (model.equals("sgx-epc") && address != null) {
      faults.fault(device, "memory device address is not supported for model 'sgx-epc'.");
    } else if (device.slotted() && address != null && !(address instanceof Address.Dimm)) {
      faults.fault(device, "Memory of model '" + model + "' has an address of type 'dimm'.");
    }
    if (device.uuid() != null) {
      faults.fault(device, "A UUID is not supported for memory on this architecture.");
    }
    boolean noded = model.equals("virtio-pmem") || model.equals("sgx-epc");
    Integer node = target.node();
    if (node == null && !noded) {
      faults.fault(device, "<node> must say to which NUMA cell the memory belongs.");
    }
    if (node != null && node >= cells.size()) {
      faults.fault(device, "The guest has no NUMA cell " + node + ".");
    }
    switch (model) {
      case "nvdimm" -> {
        if (device.discard() != null) {
          faults.fault(device, "'discard' is not supported for nvdimms.");
        }
        Long label = target.labelKib();
        if (label != null && label < MIN_LABEL_KIB) {
          faults.fault(device, "The label of an nvdimm has at least " + MIN_LABEL_KIB + " KiB.");
        }
        if (label != null && label >= target.sizeKib()) {
          faults.fault(device, "The label is smaller than the nvdimm itself.");
        }
      }
      case "virtio-pmem" -> {
        if (node != null) {
          faults.fault(device, "virtio-pmem does not support NUMA cells.");
        }
        if ("private".equals(device.access())) {
          faults.fault(device, "virtio-pmem needs access='shared'.");
        }
        if ("yes".equals(device.discard())) {
          faults.fault(device, "'discard' is not supported for virtio-pmem.");
        }
      }
      case "virtio-mem" -> pieces(device);
      default -> {
        // the others have no rules of their own
      }
    }
  }

  private void pieces(MemoryDevice device) {
    MemoryDevice.Target target = device.target();
    long block = target.blockKib() == null ? 0 : target.blockKib();
    long requested = target.requestedKib() == null ? 0 : target.requestedKib();
    if (Long.bitCount(block) != 1) {
      faults.fault(device, "<block> must be a power of two.");
    } else if (block < MIN_BLOCK_KIB) {
      faults.fault(device, "<block> is too small; it has at least " + MIN_BLOCK_KIB + " KiB.");
    } else if (requested % block != 0 || MemoryPlacement.modules(target.sizeKib()) % block != 0) {
      faults.fault(device, "<size> and <requested> must be multiples of <block>.");
    } else if (requested > target.sizeKib()) {
      faults.fault(device, "<requested> must not be more than <size>.");
    }
  }
}

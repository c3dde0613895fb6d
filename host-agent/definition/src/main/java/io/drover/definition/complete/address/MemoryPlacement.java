package io.drover.definition.complete.address;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.common.CpuSet;
import io.drover.contracts.definition.cpu.CpuModel;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.MemoryDevice;
import io.drover.contracts.definition.memory.MemorySize;
import io.drover.contracts.definition.memory.NumaCell;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Rounds the sizes of memory devices and gives each a slot. */
public final class MemoryPlacement {
  /** Guests plug in memory in pieces of this size. */
  private static final long MODULE_KIB = 2048;

  private MemoryPlacement() {}

  public static DomainDefinition apply(DomainDefinition given) {
    DomainDefinition definition = withAllCpus(given);
    if (definition.devices(MemoryDevice.class).isEmpty()) {
      return definition;
    }
    BitSet slots = new BitSet();
    for (MemoryDevice device : definition.devices(MemoryDevice.class)) {
      if (device.info().address() instanceof Address.Dimm dimm) {
        slots.set(dimm.slot());
      }
    }
    long added = 0;
    List<Device> devices = new ArrayList<>();
    for (Device device : definition.devices()) {
      if (device instanceof MemoryDevice memory) {
        MemoryDevice rounded = rounded(memory);
        added += rounded.target().sizeKib() - memory.target().sizeKib();
        devices.add(slotted(rounded, slots));
      } else {
        devices.add(device);
      }
    }
    MemorySize old = definition.memory();
    MemorySize size =
        new MemorySize(
            old.kib() + added,
            old.currentKib(),
            old.maxKib(),
            old.maxSlots(),
            old.dumpCore(),
            old.backing());
    return definition.withMemory(size).withDevices(devices);
  }

  /** The first cell has the vCPUs that none names. */
  private static DomainDefinition withAllCpus(DomainDefinition definition) {
    CpuModel cpu = definition.cpu();
    if (cpu == null || cpu.numa().isEmpty()) {
      return definition;
    }
    BitSet left = new BitSet();
    left.set(0, definition.vcpus().max());
    for (NumaCell cell : cpu.numa()) {
      if (cell.cpus() != null) {
        CpuSet.numbers(cell.cpus()).forEach(left::clear);
      }
    }
    NumaCell first = cpu.numa().get(0);
    if (first.cpus() != null) {
      CpuSet.numbers(first.cpus()).forEach(left::set);
    }
    if (left.isEmpty()) {
      return definition;
    }
    List<NumaCell> cells = new ArrayList<>(cpu.numa());
    cells.set(0, first.withCpus(CpuSet.text(left)));
    return definition.withCpu(cpu.withNuma(cells));
  }

  /** The size that a memory device of so many KiB really has. */
  public static long modules(long kib) {
    return (kib + MODULE_KIB - 1) / MODULE_KIB * MODULE_KIB;
  }

  private static MemoryDevice rounded(MemoryDevice device) {
    MemoryDevice.Target target = device.target();
    long kib = modules(target.sizeKib());
    return device.withTarget(
        new MemoryDevice.Target(
            kib,
            target.node(),
            target.labelKib(),
            target.readonly(),
            target.blockKib(),
            target.requestedKib()));
  }

  private static MemoryDevice slotted(MemoryDevice device, BitSet slots) {
    if (!device.slotted() || device.info().address() != null) {
      return device;
    }
    int slot = slots.nextClearBit(0);
    slots.set(slot);
    return device.withInfo(device.info().withAddress(new Address.Dimm(slot, null)));
  }
}

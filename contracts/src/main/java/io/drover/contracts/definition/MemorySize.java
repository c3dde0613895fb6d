package io.drover.contracts.definition;

import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlWriter;
import org.jspecify.annotations.Nullable;

/**
 * The guest's memory, in KiB.
 *
 * @param kib at start
 * @param currentKib what the balloon leaves to the guest; null for all
 * @param maxKib up to where memory can be plugged in; null for no plugging
 * @param backing what it is on the host; null for ordinary memory
 * @param maxSlots how many memory devices can be plugged in
 */
public record MemorySize(
    long kib,
    @Nullable Long currentKib,
    @Nullable Long maxKib,
    @Nullable Integer maxSlots,
    @Nullable MemoryBacking backing) {
  static MemorySize read(XmlElement domain) {
    XmlElement memory = domain.child("memory");
    XmlElement current = domain.child("currentMemory");
    XmlElement max = domain.child("maxMemory");
    if (memory == null) {
      domain.invalid("A domain needs <memory unit='MiB'>...</memory>.");
    } else {
      memory.values().onOff("dumpCore");
    }
    Long kib = memory == null ? null : Sizes.kib(Sizes.bytes(memory, 1, "KiB"));
    Long currentKib = current == null ? null : Sizes.kib(Sizes.bytes(current, 0, "KiB"));
    Long maxKib = max == null ? null : Sizes.kib(Sizes.bytes(max, 1, "KiB"));
    if (kib != null && currentKib != null && current != null && currentKib > kib && max == null) {
      currentKib = kib; // libvirt cuts it down too
    }
    if (kib != null && maxKib != null && max != null && maxKib < kib) {
      max.invalid("<maxMemory> must not be less than <memory>.");
    }
    return new MemorySize(
        kib == null ? 0 : kib,
        currentKib == null || currentKib == 0 ? null : currentKib,
        maxKib,
        max == null ? null : max.values().integer("slots", 1, 256),
        MemoryBacking.read(domain));
  }

  /** MiB, rounded up: what QEMU is told and what a claim takes. */
  public long mib() {
    return (kib + 1023) / 1024;
  }

  /** The same with what the NUMA cells have together. */
  MemorySize withKib(long sum) {
    return new MemorySize(sum, currentKib, maxKib, maxSlots, backing);
  }

  void write(XmlWriter out) {
    if (maxKib != null) {
      out.open("maxMemory").attribute("slots", maxSlots).attribute("unit", "KiB").closeWith(maxKib);
    }
    out.open("memory").attribute("unit", "KiB").closeWith(kib);
    if (currentKib != null) {
      out.open("currentMemory").attribute("unit", "KiB").closeWith(currentKib);
    }
    out.part(backing, given -> given.write(out));
  }
}

package io.drover.contracts.definition.memory;

import io.drover.contracts.definition.common.Sizes;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlWriter;
import org.jspecify.annotations.Nullable;

/**
 * The guest's memory, in KiB.
 *
 * @param kib at start, that of memory devices included
 * @param currentKib what the balloon leaves to the guest; null for all
 * @param maxKib up to where memory can be plugged in; null for no plugging
 * @param maxSlots how many memory devices can be plugged in
 * @param dumpCore on or off: whether a core dump of QEMU has the guest's memory in it
 * @param backing what it is on the host; null for ordinary memory
 */
public record MemorySize(
    long kib,
    @Nullable Long currentKib,
    @Nullable Long maxKib,
    @Nullable Integer maxSlots,
    @Nullable String dumpCore,
    @Nullable MemoryBacking backing) {
  /** What was given is no size and was told to be none; nothing follows from it. */
  private static final long UNREADABLE = -1;

  public static MemorySize read(XmlElement domain) {
    XmlElement memory = domain.child("memory");
    XmlElement current = domain.child("currentMemory");
    XmlElement max = domain.child("maxMemory");
    Long size = memory == null ? null : Sizes.kib(Sizes.bytes(memory, 0, "KiB"));
    Long given = memory == null || memory.text().isEmpty() ? Long.valueOf(0) : size;
    Long currentKib = current == null ? null : Sizes.kib(Sizes.bytes(current, 0, "KiB"));
    Long maxKib = max == null ? null : Sizes.kib(Sizes.bytes(max, 1, "KiB"));
    Integer slots = max == null ? null : max.values().integer("slots", 1, 256);
    boolean sized = max != null && !max.text().isEmpty();
    if (max != null && sized != (max.attribute("slots") != null)) {
      max.invalid("Both the maximum memory size and 'slots' must be given.");
    }
    return new MemorySize(
        given == null ? UNREADABLE : given,
        currentKib,
        maxKib,
        slots,
        memory == null ? null : memory.values().onOff("dumpCore"),
        MemoryBacking.read(domain));
  }

  /**
   * Settles the sizes once the NUMA cells and memory devices are known: where there are cells, they
   * say how much there is.
   */
  public MemorySize settled(XmlElement domain, long cellsKib, long devicesKib) {
    if (kib == UNREADABLE) {
      return this;
    }
    long total = cellsKib == 0 ? kib : cellsKib + devicesKib;
    if (total <= devicesKib) {
      domain.invalid(
          total == 0
              ? "A domain needs <memory unit='MiB'>...</memory>, or memory in the cells of <numa>."
              : "The memory devices have together as much as <memory> or more.");
    }
    if (maxKib != null && maxKib < total) {
      domain.invalid("<maxMemory> must not be less than the memory at start.");
    }
    Long current = currentKib == null || currentKib == 0 || currentKib > total ? null : currentKib;
    return new MemorySize(total, current, maxKib, maxSlots, dumpCore, backing);
  }

  /** MiB, rounded up: what a claim takes. */
  public long mib() {
    return (kib + 1023) / 1024;
  }

  public void write(XmlWriter out) {
    if (maxKib != null) {
      out.open("maxMemory").attribute("slots", maxSlots).attribute("unit", "KiB").closeWith(maxKib);
    }
    out.open("memory").attribute("unit", "KiB").attribute("dumpCore", dumpCore).closeWith(kib);
    if (currentKib != null) {
      out.open("currentMemory").attribute("unit", "KiB").closeWith(currentKib);
    }
    out.part(backing, given -> given.write(out));
  }
}

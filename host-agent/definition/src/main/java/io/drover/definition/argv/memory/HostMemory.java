package io.drover.definition.argv.memory;

import io.drover.contracts.definition.common.CpuSet;
import io.drover.contracts.definition.device.MemoryDevice;
import io.drover.contracts.definition.memory.MemoryBacking;
import io.drover.contracts.definition.memory.NumaCell;
import io.drover.contracts.definition.memory.NumaTuning;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.host.MemoryFolders;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.QemuOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What the guest's memory is on the host, and from which NUMA nodes it comes. What a device says
 * goes before what its cell says, and that before what the domain says.
 */
public final class HostMemory {
  public static final String MAIN_MEMORY = "pc.ram";
  private static final int MAX_NODE = 128;
  private static final long ORDINARY_PAGE_KIB = 4;

  private final ArgvContext placed;
  private final @Nullable MemoryBacking backing;

  public HostMemory(ArgvContext placed) {
    this.placed = placed;
    this.backing = placed.definition().memory().backing();
  }

  /**
   * An object that is memory.
   *
   * @param context the threads that fill it, on the nodes that it comes from; null for any
   * @param special whether plain memory would not do
   */
  public record Backend(@Nullable Props context, Props object, boolean special) {
    /** The object, after its threads. */
    public List<QemuOption> options() {
      return context == null
          ? List.of(JsonOption.object(object))
          : List.of(JsonOption.object(context), JsonOption.object(object));
    }
  }

  private record Wanted(
      String id,
      String file,
      long bytes,
      int node,
      @Nullable String access,
      @Nullable String discard,
      @Nullable MemoryDevice device) {}

  private record Pages(@Nullable Long kib, boolean ofThisNode) {}

  /** The memory of a machine without NUMA cells. */
  public Backend main(long bytes) {
    return build(new Wanted(MAIN_MEMORY, "ram", bytes, -1, null, null, null));
  }

  Backend cell(NumaCell cell, long bytes) {
    String id = "ram-node" + cell.id();
    return build(new Wanted(id, id, bytes, cell.id(), cell.access(), cell.discard(), null));
  }

  Backend device(MemoryDevice device) {
    String alias = ArgvContext.alias(device);
    Integer node = device.target().node();
    NumaCell cell = node == null ? null : GuestNuma.cell(placed, node);
    if (node != null && cell == null) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "/domain/devices/memory: There is no NUMA cell " + node + " in the guest.");
    }
    String access = device.access() == null && cell != null ? cell.access() : device.access();
    String discard = device.discard() == null && cell != null ? cell.discard() : device.discard();
    return build(
        new Wanted(
            "mem" + alias,
            alias,
            device.target().sizeKib() << 10,
            node == null ? -1 : node,
            access,
            discard,
            device));
  }

  private Backend build(Wanted wanted) {
    MemoryDevice device = wanted.device;
    MemoryDevice.Source source = device == null ? null : device.source();
    String path = source == null ? null : source.path();
    String access = wanted.access;
    if (access == null && backing != null) {
      access = backing.access();
    }
    boolean lasting = device != null && device.model().equals("virtio-pmem");
    if (access == null && lasting) {
      access = "shared"; // what the guest writes is to reach the file
    }
    Pages pages = pages(wanted.node, source == null ? null : source.pageSizeKib());
    String kind = backing == null ? null : backing.source();
    boolean allocated = backing != null && "immediate".equals(backing.allocation());
    Props object;
    if (device != null && device.model().equals("sgx-epc")) {
      object = Props.object("memory-backend-epc", wanted.id);
      allocated = true;
    } else if (path == null && "memfd".equals(kind)) {
      object = Props.object("memory-backend-memfd", wanted.id);
      if (pages.kib != null) {
        object.put("hugetlb", true).put("hugetlbsize", pages.kib << 10);
        allocated = true;
      }
      share(object, access);
      canonical(object, wanted);
    } else if (pages.kib != null || path != null || access != null || "file".equals(kind)) {
      object = Props.object("memory-backend-file", wanted.id);
      object.put("mem-path", file(wanted, path, pages));
      allocated |= path == null ? pages.kib != null : source != null && !source.pmem() && !lasting;
      discard(object, wanted, path);
      share(object, access);
      canonical(object, wanted);
    } else {
      object = Props.object("memory-backend-ram", wanted.id);
    }
    return finish(wanted, object, allocated, special(wanted, pages, access, kind));
  }

  private boolean special(
      Wanted wanted, Pages pages, @Nullable String access, @Nullable String kind) {
    NumaTuning numa = placed.definition().tuning().numa();
    return pages.ofThisNode
        || access != null
        || "file".equals(kind)
        || "memfd".equals(kind)
        || numa.cell(wanted.node) != null
        || wanted.device != null;
  }

  private Backend finish(Wanted wanted, Props object, boolean allocated, boolean special) {
    MemoryDevice device = wanted.device;
    boolean filled = allocated;
    if (device != null && device.model().equals("virtio-mem")) {
      object.put("reserve", false); // the device itself allocates what is plugged in
      filled = false;
    }
    if (filled) {
      object.put("prealloc", true);
      object.put("prealloc-threads", backing == null ? null : backing.threads());
    }
    object.put("size", wanted.bytes);
    MemoryDevice.Source source = device == null ? null : device.source();
    if (device != null && source != null && device.model().equals("nvdimm")) {
      object.put("align", source.alignKib() == null ? null : (Long) (source.alignKib() << 10));
      object.put("pmem", source.pmem() ? (Boolean) true : null);
    }
    SortedSet<Integer> nodes = policy(object, wanted.node, source == null ? null : source.nodes());
    Props context = null;
    if (nodes != null && filled) {
      String id = "tc-" + wanted.id;
      context = Props.object("thread-context", id).put("node-affinity", new ArrayList<>(nodes));
      object.put("prealloc-context", id);
    }
    return new Backend(context, object, special);
  }

  /** Whether the pages of a virtio-mem device are allocated when they are plugged in. */
  boolean allocatesPlugged(MemoryDevice device) {
    boolean immediate = backing != null && "immediate".equals(backing.allocation());
    Integer node = device.target().node();
    return immediate || pages(node == null ? -1 : node, device.source().pageSizeKib()).kib != null;
  }

  private String file(Wanted wanted, @Nullable String path, Pages pages) {
    if (path != null) {
      return path;
    }
    MemoryFolders folders = placed.layout().memory();
    return pages.kib == null ? folders.ordinary() + "/" + wanted.file : folders.ofSize(pages.kib);
  }

  private void discard(Props object, Wanted wanted, @Nullable String path) {
    String discard = wanted.discard;
    if (discard == null && backing != null && backing.discard()) {
      discard = "yes";
    }
    if (path == null && discard != null) {
      object.put("discard-data", discard.equals("yes"));
    }
  }

  private static void share(Props object, @Nullable String access) {
    object.put("share", access == null ? null : (Boolean) access.equals("shared"));
  }

  /** Without this a guest could not come from a machine whose memory had no object. */
  private static void canonical(Props object, Wanted wanted) {
    if (wanted.id.equals(MAIN_MEMORY)) {
      object.put("x-use-canonical-path-for-ramblock-id", false);
    }
  }

  /** The pages of the guest's node; a size of its own goes before that of all nodes. */
  private Pages pages(int node, @Nullable Long given) {
    Long kib = given;
    boolean own = given != null;
    if (given == null && backing != null) {
      MemoryBacking.HugePage found = null;
      for (MemoryBacking.HugePage page : backing.hugePages()) {
        if (forAll(page)) {
          found = found == null ? page : found;
        } else if (node >= 0 && CpuSet.numbers(String.valueOf(page.nodes())).contains(node)) {
          found = page;
          own = true;
          break;
        }
      }
      if (found != null) {
        kib =
            found.sizeKib() == null
                ? (Long) placed.layout().memory().defaultKib()
                : found.sizeKib();
      }
    }
    return kib == null || kib == ORDINARY_PAGE_KIB ? new Pages(null, false) : new Pages(kib, own);
  }

  /** A machine without cells is node 0 as a whole. */
  private boolean forAll(MemoryBacking.HugePage page) {
    return page.nodes() == null
        || (!GuestNuma.present(placed) && CpuSet.numbers(page.nodes()).last() == 0);
  }

  /** Adds the host's nodes, and answers them; null when the memory may come from any. */
  private @Nullable SortedSet<Integer> policy(Props object, int node, @Nullable String own) {
    NumaTuning numa = placed.definition().tuning().numa();
    NumaTuning.Cell cell = numa.cell(node);
    String nodes = own != null ? own : cell != null ? cell.nodes() : numa.nodes();
    if (nodes == null) {
      return null;
    }
    String mode = cell != null ? cell.mode() : numa.mode() == null ? "strict" : numa.mode();
    SortedSet<Integer> numbers = CpuSet.numbers(nodes);
    if (numbers.last() > MAX_NODE) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "/domain/numatune: The host has no NUMA node " + numbers.last() + ".");
    }
    if (mode.equals("restrictive")) {
      return null; // the policy is the control group's work
    }
    List<Object> list = new ArrayList<>(numbers);
    object.put("host-nodes", list).put("policy", mode.equals("strict") ? "bind" : mode);
    return numbers;
  }
}

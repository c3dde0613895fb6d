package io.drover.driver.argv;

import io.drover.contracts.definition.CpuModel;
import io.drover.contracts.definition.MemoryBacking;
import io.drover.contracts.definition.NumaCell;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The NUMA nodes that the guest sees. */
final class GuestNuma {
  private static final Pattern VERSION = Pattern.compile("pc-(?:i440fx|q35)-(\\d+)\\.(\\d+).*");
  private static final int KIB_PER_MIB = 1024;

  private GuestNuma() {}

  static boolean present(Placed placed) {
    return !cells(placed).isEmpty();
  }

  private static List<NumaCell> cells(Placed placed) {
    CpuModel cpu = placed.definition().cpu();
    return cpu == null ? List.of() : cpu.numa();
  }

  static void add(Placed placed, Arguments out) {
    boolean plain = plain(placed);
    MemoryBacking backing = placed.definition().memory().backing();
    if (plain && present(placed) && backing != null && "immediate".equals(backing.allocation())) {
      out.flag("-mem-prealloc");
    }
    for (NumaCell cell : cells(placed)) {
      long mib = (cell.memoryKib() + KIB_PER_MIB - 1) / KIB_PER_MIB;
      StringBuilder node = new StringBuilder("node,nodeid=").append(cell.id());
      if (cell.cpus() != null) {
        for (String range : cell.cpus().split(",", -1)) {
          node.append(",cpus=").append(range);
        }
      }
      if (plain) {
        node.append(",mem=").append(mib);
      } else {
        String id = "ram-node" + cell.id();
        out.object(HostMemory.backend(placed, id, mib << 20, cell.access(), cell.discard()));
        node.append(",memdev=").append(id);
      }
      out.option("-numa", node.toString());
    }
    for (NumaCell cell : cells(placed)) {
      cell.distances()
          .forEach(
              (other, value) ->
                  out.option("-numa", "dist,src=" + cell.id() + ",dst=" + other + ",val=" + value));
    }
  }

  /** Machines before 5.1 have the nodes' memory without objects, unless it is special. */
  private static boolean plain(Placed placed) {
    MemoryBacking backing = placed.definition().memory().backing();
    boolean special =
        backing != null && (backing.source() != null || backing.access() != null)
            || placed.definition().tuning().memoryNodes() != null
            || cells(placed).stream().anyMatch(cell -> cell.access() != null);
    Matcher version = VERSION.matcher(String.valueOf(placed.definition().os().machine()));
    if (special || !version.matches()) {
      return false;
    }
    int major = Integer.parseInt(version.group(1));
    return major < 5 || (major == 5 && version.group(2).equals("0"));
  }
}

package io.drover.definition.argv.memory;

import io.drover.contracts.definition.cpu.CpuModel;
import io.drover.contracts.definition.memory.MemoryBacking;
import io.drover.contracts.definition.memory.NumaCache;
import io.drover.contracts.definition.memory.NumaCell;
import io.drover.contracts.definition.memory.NumaInterconnect;
import io.drover.definition.argv.host.MemoryFolders;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.QemuOption;
import io.drover.definition.argv.option.TextOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The NUMA nodes that the guest sees. */
public final class GuestNuma {
  private static final Pattern VERSION = Pattern.compile("pc-(?:i440fx|q35)-(\\d+)\\.(\\d+).*");
  private static final int KIB_PER_MIB = 1024;
  private static final int SAME_NODE = 10;
  private static final int OTHER_NODE = 20;
  private static final List<String> HIERARCHIES =
      List.of("memory", "first-level", "second-level", "third-level");
  private static final Map<String, String> POLICIES =
      Map.of("writeback", "write-back", "writethrough", "write-through");

  private GuestNuma() {}

  public static boolean present(ArgvContext placed) {
    return !cells(placed).isEmpty();
  }

  static @Nullable NumaCell cell(ArgvContext placed, int id) {
    return cells(placed).stream().filter(cell -> cell.id() == id).findFirst().orElse(null);
  }

  private static List<NumaCell> cells(ArgvContext placed) {
    CpuModel cpu = placed.definition().cpu();
    return cpu == null ? List.of() : cpu.numa();
  }

  private static List<NumaInterconnect> interconnects(ArgvContext placed) {
    CpuModel cpu = placed.definition().cpu();
    return cpu == null ? List.of() : cpu.interconnects();
  }

  /** Whether the guest is told how fast its nodes are. */
  public static boolean heterogeneous(ArgvContext placed) {
    return !interconnects(placed).isEmpty()
        || cells(placed).stream().anyMatch(cell -> !cell.caches().isEmpty());
  }

  /** The cells' memory in MiB, each rounded up. */
  public static long mib(ArgvContext placed) {
    return cells(placed).stream().mapToLong(GuestNuma::mib).sum();
  }

  private static long mib(NumaCell cell) {
    return (cell.memoryKib() + KIB_PER_MIB - 1) / KIB_PER_MIB;
  }

  public static List<QemuOption> options(ArgvContext placed) {
    if (!present(placed)) {
      return List.of();
    }
    HostMemory memory = new HostMemory(placed);
    boolean plain = plain(placed, memory);
    List<QemuOption> options = new ArrayList<>();
    if (plain) {
      options.addAll(plainFiles(placed));
    }
    for (NumaCell cell : cells(placed)) {
      StringBuilder node = new StringBuilder("node,nodeid=").append(cell.id());
      if (cell.cpus() != null) {
        for (String range : cell.cpus().split(",", -1)) {
          node.append(",cpus=").append(range);
        }
      }
      if (heterogeneous(placed)) {
        node.append(",initiator=").append(initiator(placed, cell));
      }
      if (plain) {
        node.append(",mem=").append(mib(cell));
      } else {
        options.addAll(memory.cell(cell, mib(cell) << 20).options());
        node.append(",memdev=ram-node").append(cell.id());
      }
      options.add(numa(node.toString()));
    }
    options.addAll(distances(cells(placed)));
    options.addAll(performance(placed));
    return options;
  }

  private static QemuOption numa(String value) {
    return new TextOption("-numa", value);
  }

  /** One distance that is given asks for all of them. */
  private static List<QemuOption> distances(List<NumaCell> cells) {
    List<QemuOption> distances = new ArrayList<>();
    if (cells.stream().anyMatch(cell -> !cell.distances().isEmpty())) {
      for (NumaCell from : cells) {
        for (NumaCell to : cells) {
          distances.add(
              numa("dist,src=" + from.id() + ",dst=" + to.id() + ",val=" + distance(from, to)));
        }
      }
    }
    return distances;
  }

  private static int distance(NumaCell from, NumaCell to) {
    Integer there = from.distances().get(Integer.toString(to.id()));
    Integer back = to.distances().get(Integer.toString(from.id()));
    if (there != null) {
      return there;
    }
    return back != null ? back : from.id() == to.id() ? SAME_NODE : OTHER_NODE;
  }

  /** The node that is nearest: itself, if it has CPUs, else the one with the best connection. */
  private static int initiator(ArgvContext placed, NumaCell cell) {
    if (cell.cpus() != null) {
      return cell.id();
    }
    NumaInterconnect fastest = null;
    NumaInterconnect widest = null;
    for (NumaInterconnect connection : interconnects(placed)) {
      boolean into = connection.target() == cell.id();
      if (into
          && connection.kind().equals("latency")
          && (fastest == null || connection.value() < fastest.value())) {
        fastest = connection;
      }
      if (into
          && connection.kind().equals("bandwidth")
          && (widest == null || connection.value() > widest.value())) {
        widest = connection;
      }
    }
    NumaInterconnect best = fastest == null ? widest : fastest;
    return best == null ? 0 : best.initiator();
  }

  private static List<QemuOption> performance(ArgvContext placed) {
    List<QemuOption> options = new ArrayList<>();
    interconnects(placed).forEach(connection -> options.add(numa(text(connection))));
    for (NumaCell cell : cells(placed)) {
      cell.caches().forEach(cache -> options.add(numa(text(cell, cache))));
    }
    return options;
  }

  private static String text(NumaInterconnect connection) {
    boolean latency = connection.kind().equals("latency");
    int level = connection.cache() == null ? 0 : connection.cache();
    return "hmat-lb,initiator="
        + connection.initiator()
        + ",target="
        + connection.target()
        + ",hierarchy="
        + HIERARCHIES.get(level)
        + ",data-type="
        + connection.access()
        + "-"
        + connection.kind()
        + ","
        + connection.kind()
        + "="
        + connection.value()
        + (latency ? "" : "K");
  }

  private static String text(NumaCell cell, NumaCache cache) {
    return "hmat-cache,node-id="
        + cell.id()
        + ",size="
        + cache.sizeKib()
        + "K,level="
        + cache.level()
        + ",associativity="
        + (cache.associativity().equals("full") ? "complex" : cache.associativity())
        + ",policy="
        + POLICIES.getOrDefault(cache.policy(), cache.policy())
        + ",line="
        + cache.lineBytes();
  }

  private static List<QemuOption> plainFiles(ArgvContext placed) {
    MemoryBacking backing = placed.definition().memory().backing();
    List<QemuOption> options = new ArrayList<>();
    if (backing == null) {
      return options;
    }
    MemoryFolders folders = placed.layout().memory();
    boolean huge = !backing.hugePages().isEmpty();
    Long kib = huge ? backing.hugePages().get(0).sizeKib() : null;
    if (huge && kib == null) {
      kib = folders.defaultKib();
    }
    String path = kib == null || kib == 4 ? null : folders.ofSize(kib);
    if (path != null || "immediate".equals(backing.allocation())) {
      options.add(TextOption.flag("-mem-prealloc"));
    }
    if (path != null) {
      options.add(new TextOption("-mem-path", path));
    }
    return options;
  }

  /** Machines before 5.1 have the nodes' memory without objects, unless it is special. */
  private static boolean plain(ArgvContext placed, HostMemory memory) {
    Matcher version = VERSION.matcher(String.valueOf(placed.definition().os().machine()));
    if (!version.matches()) {
      return false;
    }
    int major = Integer.parseInt(version.group(1));
    boolean old = major < 5 || (major == 5 && version.group(2).equals("0"));
    return old
        && !heterogeneous(placed)
        && cells(placed).stream().noneMatch(cell -> memory.cell(cell, mib(cell) << 20).special());
  }
}

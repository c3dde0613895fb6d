package io.drover.driver.internal.capabilities;

import io.drover.definition.cpu.CpuFacts;
import io.drover.definition.cpu.CpuModels;
import io.drover.driver.HostCpu;
import io.drover.driver.HostDescription;
import io.drover.driver.HostDescription.CacheBank;
import io.drover.driver.HostDescription.Cpu;
import io.drover.driver.HostDescription.Distance;
import io.drover.driver.HostDescription.HostNumaCell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Reads what the kernel tells of this host; takes some milliseconds. */
public final class HostReader {
  private static final String CPUS = "sys/devices/system/cpu";
  private static final String NODES = "sys/devices/system/node";
  private static final long SMALL_PAGE_KIB = 4;
  private final KernelFiles files;
  private final List<Path> searchPath;

  /**
   * @param searchPath the folders of PATH
   */
  public HostReader(List<Path> searchPath) {
    this(Path.of("/"), searchPath);
  }

  /**
   * @param root of the file system, in place of {@code /}
   */
  HostReader(Path root, List<Path> searchPath) {
    this.files = new KernelFiles(root);
    this.searchPath = List.copyOf(searchPath);
  }

  /** This host, as it is now. */
  public HostDescription read() {
    List<Cpu> cpus = cpus();
    return new HostDescription(
        uuid(),
        arch(System.getProperty("os.arch", "")),
        cpu(cpus),
        cells(cpus),
        caches(cpus),
        sleepStates(),
        files.hasEntries("sys/kernel/iommu_groups"),
        files.hasEntries("sys/kernel/iommu_groups") && files.exists("dev/vfio/vfio"),
        searchPath.stream().anyMatch(folder -> Files.isExecutable(folder.resolve("swtpm"))));
  }

  private static String arch(String name) {
    return name.equals("amd64") ? "x86_64" : name;
  }

  /** Some firmware gives all its machines the same number of zeros or ones. */
  private Optional<String> uuid() {
    return files
        .text("sys/class/dmi/id/product_uuid")
        .map(text -> text.toLowerCase(Locale.ROOT))
        .filter(HostReader::identifiesHost);
  }

  private static boolean identifiesHost(String text) {
    try {
      return text.replace("-", "").chars().distinct().count() > 1
          && UUID.fromString(text).toString().equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private List<Cpu> cpus() {
    List<Cpu> cpus = new ArrayList<>();
    for (int id : files.numbered(CPUS, "cpu(\\d+)")) {
      String topology = CPUS + "/cpu" + id + "/topology/";
      if (files.exists(topology + "core_id")) {
        cpus.add(
            new Cpu(
                id,
                Math.max(0, files.number(topology + "physical_package_id").orElse(0)),
                Math.max(0, files.number(topology + "die_id").orElse(0)),
                files.number(topology + "core_id").orElse(0),
                files.text(topology + "thread_siblings_list").orElse(Integer.toString(id))));
      }
    }
    return cpus;
  }

  private Optional<HostCpu> cpu(List<Cpu> cpus) {
    CpuInfo info = new CpuInfo(files.lines("proc/cpuinfo"));
    return info.facts().map(facts -> cpu(info, facts, cpus));
  }

  private HostCpu cpu(CpuInfo info, CpuFacts facts, List<Cpu> cpus) {
    Set<Integer> sockets = new TreeSet<>();
    Set<String> dies = new TreeSet<>();
    Set<String> cores = new TreeSet<>();
    for (Cpu cpu : cpus) {
      sockets.add(cpu.socket());
      dies.add(cpu.socket() + "/" + cpu.die());
      cores.add(cpu.socket() + "/" + cpu.die() + "/" + cpu.core());
    }
    int ofSockets = Math.max(1, sockets.size());
    int ofDies = Math.max(1, dies.size() / ofSockets);
    int ofCores = Math.max(1, cores.size() / (ofSockets * ofDies));
    int threads = Math.max(1, cpus.size() / (ofSockets * ofDies * ofCores));
    return new HostCpu(
        facts,
        CpuModels.x86().describeHost(facts),
        info.microcode(),
        info.physicalBits(),
        ofSockets,
        ofDies,
        ofCores,
        threads,
        pageSizes(info));
  }

  private List<Long> pageSizes(CpuInfo info) {
    List<Long> sizes = new ArrayList<>(List.of(SMALL_PAGE_KIB));
    if (info.has("pse")) {
      sizes.add(2048L);
    }
    if (info.has("pdpe1gb")) {
      sizes.add(1048576L);
    }
    return sizes;
  }

  private List<HostNumaCell> cells(List<Cpu> cpus) {
    List<Integer> ids = files.numbered(NODES, "node(\\d+)");
    if (ids.isEmpty()) {
      long memory = kib(files.lines("proc/meminfo"), "MemTotal:");
      return List.of(
          new HostNumaCell(
              0,
              memory,
              List.of(new HostDescription.Pages(SMALL_PAGE_KIB, memory / SMALL_PAGE_KIB)),
              List.of(),
              cpus));
    }
    List<HostNumaCell> cells = new ArrayList<>();
    for (int id : ids) {
      String node = NODES + "/node" + id;
      long memory = kib(files.lines(node + "/meminfo"), "MemTotal:");
      List<Integer> own = files.numbered(node, "cpu(\\d+)");
      cells.add(
          new HostNumaCell(
              id,
              memory,
              pages(node, memory),
              distances(node, ids),
              cpus.stream().filter(cpu -> own.contains(cpu.id())).toList()));
    }
    return cells;
  }

  /** What is set aside in large pages is no longer there in small ones. */
  private List<HostDescription.Pages> pages(String node, long memoryKib) {
    List<HostDescription.Pages> large = new ArrayList<>();
    long left = memoryKib;
    for (int size : files.numbered(node + "/hugepages", "hugepages-(\\d+)kB")) {
      long count =
          files.number(node + "/hugepages/hugepages-" + size + "kB/nr_hugepages").orElse(0);
      large.add(new HostDescription.Pages(size, count));
      left -= count * size;
    }
    large.add(0, new HostDescription.Pages(SMALL_PAGE_KIB, left / SMALL_PAGE_KIB));
    return large;
  }

  private List<Distance> distances(String node, List<Integer> ids) {
    List<Distance> distances = new ArrayList<>();
    String[] values = files.text(node + "/distance").orElse("").split(" +");
    for (int i = 0; i < ids.size() && i < values.length && !values[i].isEmpty(); i++) {
      distances.add(new Distance(ids.get(i), Integer.parseInt(values[i])));
    }
    return distances;
  }

  private static long kib(List<String> lines, String name) {
    for (String line : lines) {
      int at = line.indexOf(name);
      if (at >= 0) {
        return Long.parseLong(line.substring(at + name.length()).replace("kB", "").strip());
      }
    }
    return 0;
  }

  private List<CacheBank> caches(List<Cpu> cpus) {
    Set<String> seen = new TreeSet<>();
    List<CacheBank> banks = new ArrayList<>();
    for (Cpu cpu : cpus) {
      String folder = CPUS + "/cpu" + cpu.id() + "/cache";
      for (int index : files.numbered(folder, "index(\\d+)")) {
        String cache = folder + "/index" + index + "/";
        int level = files.number(cache + "level").orElse(0);
        String shared = files.text(cache + "shared_cpu_list").orElse("");
        if (level >= 3 && seen.add(level + " " + shared)) {
          int id = files.number(cache + "id").orElse(banks.size());
          banks.add(new CacheBank(id, level, type(cache), sizeKib(cache), shared));
        }
      }
    }
    return banks;
  }

  private String type(String cache) {
    return switch (files.text(cache + "type").orElse("")) {
      case "Instruction" -> "code";
      case "Data" -> "data";
      default -> "both";
    };
  }

  private long sizeKib(String cache) {
    String size = files.text(cache + "size").orElse("0K");
    long number = Long.parseLong(size.substring(0, size.length() - 1));
    return size.endsWith("M") ? number * 1024 : number;
  }

  private List<String> sleepStates() {
    List<String> known = List.of(files.text("sys/power/state").orElse("").split(" "));
    List<String> states = new ArrayList<>();
    if (known.contains("mem")) {
      states.add("suspend_mem");
    }
    if (known.contains("disk")) {
      states.add("suspend_disk");
      if (files.text("sys/power/disk").orElse("").contains("suspend")) {
        states.add("suspend_hybrid");
      }
    }
    return states;
  }
}

package io.drover.contracts.definition.cpu;

import io.drover.contracts.definition.common.CpuSet;
import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.Sizes;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the host's caches or memory bandwidth that some vCPUs have: {@code <cachetune>} or
 * {@code <memorytune>}.
 *
 * @param kind cachetune or memorytune
 * @param vcpus their numbers
 * @param parts of the caches, or the bandwidth of NUMA nodes
 * @param monitors what is counted
 */
public record CacheAllocation(
    String kind, String vcpus, List<CachePart> parts, List<CacheMonitor> monitors) {
  public CacheAllocation {
    parts = Defaults.list(parts);
    monitors = Defaults.list(monitors);
  }

  /** Whether it asks for nothing of the host. */
  public boolean absent() {
    return parts.isEmpty() && monitors.isEmpty();
  }

  /**
   * @param id the number of the cache or NUMA node
   * @param level of the cache; null for memory bandwidth
   * @param type both, code or data; null for memory bandwidth
   * @param amount KiB of the cache, or percent of the bandwidth
   */
  public record CachePart(int id, @Nullable Integer level, @Nullable String type, long amount) {}

  /** {@code level} is a cache's; null for memory bandwidth. */
  public record CacheMonitor(@Nullable Integer level, String vcpus) {}

  static List<CacheAllocation> readAll(XmlElement tune) {
    List<CacheAllocation> found = new ArrayList<>();
    for (String kind : List.of("cachetune", "memorytune")) {
      for (XmlElement element : tune.children(kind)) {
        element.values().text("id"); // the group's name on a running host
        CacheAllocation allocation = read(element, kind);
        if (!allocation.vcpus.isEmpty()) {
          CacheRules.check(element, allocation, found);
        }
        found.add(allocation);
      }
    }
    return found;
  }

  private static CacheAllocation read(XmlElement element, String kind) {
    boolean cache = kind.equals("cachetune");
    return new CacheAllocation(
        kind,
        set(element),
        element.children(cache ? "cache" : "node").stream().map(CacheAllocation::part).toList(),
        element.children("monitor").stream().map(monitor -> monitor(monitor, cache)).toList());
  }

  /** Only caches of level 3 are counted. */
  private static CacheMonitor monitor(XmlElement element, boolean cache) {
    if (cache && element.attribute("level") == null) {
      element.values().required("level");
    }
    return new CacheMonitor(cache ? element.values().integer("level", 3, 3) : null, set(element));
  }

  private static String set(XmlElement element) {
    String set = CpuSet.checked(element, element.values().required("vcpus"));
    return set == null ? "" : set;
  }

  private static CachePart part(XmlElement element) {
    XmlValues values = element.values();
    Integer id = values.integer("id", 0, Integer.MAX_VALUE);
    boolean cache = element.name().equals("cache");
    Integer level = cache ? values.integer("level", 0, Integer.MAX_VALUE) : null;
    String type = cache ? values.word("type", "both", "code", "data") : null;
    Long amount =
        cache
            ? Sizes.kib(Sizes.attribute(element, "size", "B"))
            : values.number("bandwidth", 0, 100);
    if (id == null || amount == null || (cache && (level == null || type == null))) {
      element.invalid(
          cache
              ? "<cache> needs 'id', 'level', 'type' and 'size'."
              : "<node> needs 'id', 'bandwidth'.");
    }
    return new CachePart(id == null ? 0 : id, level, type, amount == null ? 0 : amount);
  }

  void write(XmlWriter out) {
    out.open(kind).attribute("vcpus", vcpus);
    for (CachePart part : parts) {
      if (kind.equals("cachetune")) {
        out.open("cache")
            .attribute("id", part.id)
            .attribute("level", part.level)
            .attribute("type", part.type)
            .attribute("size", part.amount)
            .attribute("unit", "KiB")
            .close();
      } else {
        out.open("node").attribute("id", part.id).attribute("bandwidth", part.amount).close();
      }
    }
    for (CacheMonitor monitor : monitors) {
      out.open("monitor")
          .attribute("level", monitor.level)
          .attribute("vcpus", monitor.vcpus)
          .close();
    }
    out.close();
  }
}

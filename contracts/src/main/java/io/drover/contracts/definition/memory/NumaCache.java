package io.drover.contracts.definition.memory;

import io.drover.contracts.definition.common.Sizes;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cache on the side of a NUMA node's memory, for the guest's HMAT table.
 *
 * @param level 1 to 3
 * @param associativity none, direct or full
 * @param policy none, writeback or writethrough
 * @param lineBytes the length of a cache line
 */
public record NumaCache(
    int level, String associativity, String policy, long sizeKib, long lineBytes) {
  static List<NumaCache> readAll(XmlElement cell) {
    Set<Integer> levels = new HashSet<>();
    return cell.children("cache").stream()
        .map(
            element -> {
              NumaCache cache = read(element);
              if (!levels.add(cache.level)) {
                element.invalid("level", "The cell has two caches of level " + cache.level + ".");
              }
              return cache;
            })
        .toList();
  }

  private static NumaCache read(XmlElement element) {
    XmlValues values = element.values();
    String associativity = values.word("associativity", "none", "direct", "full");
    String policy = values.word("policy", "none", "writeback", "writethrough");
    Integer level = values.integer("level", 1, 3);
    if (associativity == null || policy == null || level == null) {
      element.invalid("<cache> needs 'level', 'associativity' and 'policy'.");
    }
    Long size = amount(element, "size", "KiB");
    Long line = amount(element, "line", "B");
    return new NumaCache(
        level == null ? 1 : level,
        associativity == null ? "none" : associativity,
        policy == null ? "none" : policy,
        size == null ? 0 : (size + 1023) / 1024,
        line == null ? 0 : line);
  }

  private static @Nullable Long amount(XmlElement cache, String name, String unit) {
    XmlElement element = cache.child(name);
    Long bytes = element == null ? null : Sizes.attribute(element, "value", unit);
    if (bytes == null) {
      cache.invalid("<cache> needs <" + name + " value='...' unit='" + unit + "'/>.");
    }
    return bytes;
  }

  void write(XmlWriter out) {
    out.open("cache")
        .attribute("level", level)
        .attribute("associativity", associativity)
        .attribute("policy", policy);
    out.open("size").attribute("value", sizeKib).attribute("unit", "KiB").close();
    out.open("line").attribute("value", lineBytes).attribute("unit", "B").close();
    out.close();
  }
}

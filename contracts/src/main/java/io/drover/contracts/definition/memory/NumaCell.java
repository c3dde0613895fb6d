package io.drover.contracts.definition.memory;

import io.drover.contracts.definition.common.CpuSet;
import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.Sizes;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A NUMA node of the guest.
 *
 * @param cpus the vCPUs in it, as in {@code 0-3}; null for none
 * @param memoryKib its memory
 * @param access shared or private
 * @param discard yes or no
 * @param distances to other nodes, by their number
 * @param caches on the side of its memory
 */
public record NumaCell(
    int id,
    @Nullable String cpus,
    long memoryKib,
    @Nullable String access,
    @Nullable String discard,
    Map<String, Integer> distances,
    List<NumaCache> caches) {
  private static final int MAX_CELLS = 128;

  public NumaCell {
    distances = Defaults.map(distances);
    caches = Defaults.list(caches);
  }

  public NumaCell withCpus(String value) {
    return new NumaCell(id, value, memoryKib, access, discard, distances, caches);
  }

  /** The cells of {@code <numa>} in the order of their numbers, from 0 without gaps. */
  public static List<NumaCell> readAll(@Nullable XmlElement numa) {
    List<NumaCell> found = new ArrayList<>();
    if (numa == null) {
      return found;
    }
    List<XmlElement> cells = numa.children("cell");
    if (cells.isEmpty()) {
      numa.invalid("<numa> needs a <cell>.");
    }
    BitSet used = new BitSet();
    for (XmlElement cell : cells) {
      NumaCell read = read(cell, found.size());
      if (read.id >= cells.size() || used.get(read.id)) {
        cell.invalid("id", "NUMA cells are numbered from 0, without gaps, each once.");
      }
      used.set(read.id);
      found.add(read);
    }
    found.sort(Comparator.comparingInt(NumaCell::id));
    if (found.size() > MAX_CELLS) {
      numa.invalid("A guest has at most " + MAX_CELLS + " NUMA cells.");
    }
    return found;
  }

  private static NumaCell read(XmlElement cell, int position) {
    XmlValues values = cell.values();
    Long kib = Sizes.kib(Sizes.attribute(cell, "memory", "KiB"));
    if (kib == null || kib == 0) {
      cell.invalid("memory", "A NUMA cell needs 'memory'.");
    }
    Map<String, Integer> distances = new LinkedHashMap<>();
    XmlElement list = cell.child("distances");
    if (list != null) {
      List<XmlElement> siblings = list.children("sibling");
      if (siblings.isEmpty()) {
        list.invalid("<distances> needs a <sibling>.");
      }
      for (XmlElement sibling : siblings) {
        if (sibling.attribute("id") == null || sibling.attribute("value") == null) {
          sibling.invalid("<sibling> needs 'id' and 'value'.");
        }
        Integer id = sibling.values().integer("id", 0, MAX_CELLS);
        Integer value = sibling.values().integer("value", 10, 255);
        if (id != null && value != null) {
          distances.put(id.toString(), value);
        }
      }
    }
    return new NumaCell(
        values.integerOr("id", position, 0, MAX_CELLS),
        CpuSet.checked(cell, values.text("cpus")),
        kib == null ? 0 : kib,
        values.word("memAccess", "shared", "private"),
        values.word("discard", "yes", "no"),
        distances,
        NumaCache.readAll(cell));
  }

  public void write(XmlWriter out) {
    out.open("cell")
        .attribute("id", id)
        .attribute("cpus", cpus)
        .attribute("memory", memoryKib)
        .attribute("unit", "KiB")
        .attribute("memAccess", access)
        .attribute("discard", discard);
    if (!distances.isEmpty()) {
      out.open("distances");
      distances.forEach(
          (other, value) ->
              out.open("sibling").attribute("id", other).attribute("value", value).close());
      out.close();
    }
    caches.forEach(cache -> cache.write(out));
    out.close();
  }
}

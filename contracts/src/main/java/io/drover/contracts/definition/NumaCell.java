package io.drover.contracts.definition;

import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.ArrayList;
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
 */
public record NumaCell(
    int id,
    @Nullable String cpus,
    long memoryKib,
    @Nullable String access,
    @Nullable String discard,
    Map<String, Integer> distances) {
  private static final int MAX_CELLS = 128;

  public NumaCell {
    distances = Given.map(distances);
  }

  /** The cells of {@code <numa>}; they are numbered from 0 without gaps. */
  static List<NumaCell> readAll(@Nullable XmlElement numa) {
    List<NumaCell> found = new ArrayList<>();
    if (numa == null) {
      return found;
    }
    for (XmlElement cell : numa.children("cell")) {
      NumaCell read = read(cell, found.size());
      if (read.id != found.size()) {
        cell.invalid("id", "NUMA cells are numbered from 0, in order, without gaps.");
      }
      found.add(read);
    }
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
      for (XmlElement sibling : list.children("sibling")) {
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
        distances);
  }

  void write(XmlWriter out) {
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
    out.close();
  }
}

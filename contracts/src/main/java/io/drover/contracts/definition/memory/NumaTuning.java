package io.drover.contracts.definition.memory;

import io.drover.contracts.definition.common.CpuSet;
import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The host's NUMA nodes that the memory comes from.
 *
 * @param mode strict, preferred, interleave or restrictive; null when nothing is said of the whole
 * @param placement static or auto; null for static
 * @param nodes the host's nodes for the whole memory
 * @param cells what holds for single NUMA cells of the guest
 */
public record NumaTuning(
    @Nullable String mode, @Nullable String placement, @Nullable String nodes, List<Cell> cells) {
  public static final NumaTuning NONE = new NumaTuning(null, null, null, List.of());
  private static final String[] MODES = {"strict", "preferred", "interleave", "restrictive"};

  public NumaTuning {
    cells = Defaults.list(cells);
  }

  /** The host's nodes for the memory of the guest's cell of this number. */
  public record Cell(int id, String mode, String nodes) {}

  /** What holds for this cell alone, or null. */
  public @Nullable Cell cell(int id) {
    return cells.stream().filter(cell -> cell.id == id).findFirst().orElse(null);
  }

  public static NumaTuning read(XmlElement domain) {
    XmlElement tune = domain.child("numatune");
    if (tune == null) {
      return NONE;
    }
    XmlElement memory = tune.child("memory");
    memory = memory == null || says(memory) ? memory : null;
    XmlElement vcpu = domain.child("vcpu");
    boolean auto = vcpu != null && "auto".equals(vcpu.attribute("placement"));
    String mode = null;
    String placement = null;
    String nodes = null;
    if (memory != null) {
      XmlValues values = memory.values();
      mode = values.wordOr("mode", "strict", MODES);
      placement = values.word("placement", "static", "auto");
      nodes = CpuSet.checked(memory, values.text("nodeset"));
      if (nodes == null && !"auto".equals(placement) && !(placement == null && auto)) {
        memory.invalid("<memory> in <numatune> needs 'nodeset', or placement='auto'.");
      }
    }
    List<Cell> cells = new ArrayList<>();
    Set<Integer> ids = new HashSet<>();
    for (XmlElement element : tune.children("memnode")) {
      Cell cell = cell(element);
      if (!ids.add(cell.id)) {
        element.invalid("cellid", "There are several <memnode> for the cell " + cell.id + ".");
      }
      if ("restrictive".equals(mode) && !cell.mode.equals("restrictive")) {
        element.invalid("mode", "It must be 'restrictive' too when the mode of <memory> is that.");
      }
      if ("auto".equals(placement) || memory == null && auto) {
        element.invalid("<memnode> cannot stand beside placement='auto'.");
      }
      cells.add(cell);
    }
    return new NumaTuning(mode, placement, nodes, cells);
  }

  private static boolean says(XmlElement memory) {
    return memory.attribute("mode") != null
        || memory.attribute("placement") != null
        || memory.attribute("nodeset") != null;
  }

  private static Cell cell(XmlElement element) {
    XmlValues values = element.values();
    Integer id = values.integer("cellid", 0, 127);
    String nodes = CpuSet.checked(element, values.text("nodeset"));
    if (id == null || nodes == null) {
      element.invalid("<memnode> needs 'cellid' and 'nodeset'.");
    }
    return new Cell(
        id == null ? 0 : id, values.wordOr("mode", "strict", MODES), nodes == null ? "0" : nodes);
  }

  public void write(XmlWriter out) {
    if (equals(NONE)) {
      return;
    }
    out.open("numatune");
    if (mode != null) {
      out.open("memory")
          .attribute("mode", mode)
          .attribute("placement", placement)
          .attribute("nodeset", nodes)
          .close();
    }
    for (Cell cell : cells) {
      out.open("memnode")
          .attribute("cellid", cell.id)
          .attribute("mode", cell.mode)
          .attribute("nodeset", cell.nodes)
          .close();
    }
    out.close();
  }
}

package io.drover.definition.fromargv.memory;

import io.drover.definition.fromargv.draft.MutableElement;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.line.Values;
import java.util.List;
import java.util.Map;

/** The NUMA nodes that the guest sees. */
public final class NumaParser {
  private static final List<String> HIERARCHIES =
      List.of("memory", "first-level", "second-level", "third-level");
  private static final Map<String, String> POLICIES =
      Map.of("write-back", "writeback", "write-through", "writethrough");

  private NumaParser() {}

  public static void read(ParsedCommandLine draft, Values values) {
    String type = values.take("type", "node");
    switch (type) {
      case "node" -> node(draft, values);
      case "dist" ->
          draft
              .cell(values.take("src", "0"))
              .part("distances")
              .add("sibling")
              .with("id", values.take("dst"))
              .with("value", values.take("val"));
      case "hmat-lb" -> connection(draft, values);
      case "hmat-cache" -> cache(draft, values);
      default -> values.keep("type", type);
    }
  }

  private static void node(ParsedCommandLine draft, Values values) {
    String id = values.take("nodeid", draft.nextCell());
    MutableElement cell = draft.cell(id);
    List<String> cpus = values.takeAll("cpus");
    if (!cpus.isEmpty()) {
      cell.with("cpus", String.join(",", cpus));
    }
    values.take("initiator"); // follows from the connections
    Long size = values.takeKib("mem", 'M');
    Values object = draft.backends().use("-object", values.take("memdev"));
    if (size != null) {
      cell.with("memory", size);
    }
    if (object != null) {
      Long kib = object.takeKib("size");
      cell.with("memory", kib);
      String share = object.takeOnOff("share");
      if (share != null) {
        cell.with("memAccess", share.equals("on") ? "shared" : "private");
      }
      cell.with("discard", object.takeYesNo("discard-data"));
      MemoryParser.object(draft, object, id);
      String nodes = MemoryParser.nodes(object);
      if (nodes != null) {
        draft
            .domain()
            .part("numatune")
            .add("memnode")
            .with("cellid", id)
            .with("mode", MemoryParser.mode(object))
            .with("nodeset", nodes);
      }
    }
    cell.with("unit", "KiB");
  }

  private static void connection(ParsedCommandLine draft, Values values) {
    String kind = values.take("data-type", "access-latency");
    int dash = kind.indexOf('-');
    String what = kind.substring(dash + 1);
    int level = HIERARCHIES.indexOf(values.take("hierarchy", "memory"));
    boolean latency = what.equals("latency");
    Object value = latency ? values.take(what, "0") : values.takeKib(what);
    draft
        .domain()
        .part("cpu")
        .part("numa")
        .part("interconnects")
        .add(what)
        .with("initiator", values.take("initiator"))
        .with("target", values.take("target"))
        .with("cache", level > 0 ? level : null)
        .with("type", kind.substring(0, Math.max(0, dash)))
        .with("value", value)
        .with("unit", latency ? null : "KiB");
  }

  private static void cache(ParsedCommandLine draft, Values values) {
    String associativity = values.take("associativity", "none");
    String policy = values.take("policy", "none");
    MutableElement cache =
        draft
            .cell(values.take("node-id", "0"))
            .add("cache")
            .with("level", values.take("level"))
            .with("associativity", associativity.equals("complex") ? "full" : associativity)
            .with("policy", POLICIES.getOrDefault(policy, policy));
    cache.add("size").with("value", values.takeKib("size")).with("unit", "KiB");
    cache.add("line").with("value", values.take("line")).with("unit", "B");
  }
}

package io.drover.contracts.definition.memory;

import io.drover.contracts.definition.common.Sizes;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How fast one NUMA node reaches the memory of another, for the guest's HMAT table.
 *
 * @param kind latency or bandwidth
 * @param initiator the node that asks
 * @param target the node whose memory it is
 * @param cache the level of the target's cache; null for the memory itself
 * @param access access, read or write
 * @param value nanoseconds of a latency, KiB a second of a bandwidth
 */
public record NumaInterconnect(
    String kind, int initiator, int target, @Nullable Integer cache, String access, long value) {
  private static final int MAX_NODE = 127;

  public static List<NumaInterconnect> readAll(@Nullable XmlElement numa) {
    List<NumaInterconnect> found = new ArrayList<>();
    XmlElement list = numa == null ? null : numa.child("interconnects");
    if (list != null) {
      for (String kind : List.of("latency", "bandwidth")) {
        list.children(kind).forEach(element -> found.add(read(element)));
      }
    }
    return found;
  }

  private static NumaInterconnect read(XmlElement element) {
    XmlValues values = element.values();
    boolean bandwidth = element.name().equals("bandwidth");
    Integer initiator = values.integer("initiator", 0, MAX_NODE);
    Integer target = values.integer("target", 0, MAX_NODE);
    String access = values.word("type", "access", "read", "write");
    Long value =
        bandwidth
            ? Sizes.kib(Sizes.attribute(element, "value", "KiB"))
            : values.number("value", 1, Integer.MAX_VALUE);
    Integer cache = values.integer("cache", 0, 3);
    if (initiator == null || target == null || access == null || value == null) {
      element.invalid("<" + element.name() + "> needs 'initiator', 'target', 'type' and 'value'.");
    }
    return new NumaInterconnect(
        element.name(),
        initiator == null ? 0 : initiator,
        target == null ? 0 : target,
        cache == null || cache == 0 ? null : cache,
        access == null ? "access" : access,
        value == null ? 1 : value);
  }

  public void write(XmlWriter out) {
    out.open(kind)
        .attribute("initiator", initiator)
        .attribute("target", target)
        .attribute("cache", cache)
        .attribute("type", access)
        .attribute("value", value)
        .attribute("unit", kind.equals("bandwidth") ? "KiB" : null)
        .close();
  }
}

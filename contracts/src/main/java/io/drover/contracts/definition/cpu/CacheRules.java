package io.drover.contracts.definition.cpu;

import io.drover.contracts.definition.common.CpuSet;
import io.drover.contracts.definition.cpu.CacheAllocation.CacheMonitor;
import io.drover.contracts.definition.cpu.CacheAllocation.CachePart;
import io.drover.contracts.definition.xml.XmlElement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What must hold between the parts of the host's caches that vCPUs have. */
final class CacheRules {
  private CacheRules() {}

  /**
   * Checks one allocation.
   *
   * @param earlier those that stand before it
   */
  static void check(XmlElement element, CacheAllocation now, List<CacheAllocation> earlier) {
    SortedSet<Integer> vcpus = CpuSet.numbers(now.vcpus());
    List<CachePart> parts = new ArrayList<>();
    List<CacheMonitor> monitors = new ArrayList<>();
    boolean overlapping = false;
    for (CacheAllocation other : earlier) {
      SortedSet<Integer> others = CpuSet.numbers(other.vcpus());
      if (others.equals(vcpus) && other.kind().equals(now.kind())) {
        if (now.kind().equals("cachetune")) {
          element.invalid("vcpus", "Another <cachetune> has the same vCPUs.");
        }
        parts.addAll(other.parts());
        monitors.addAll(other.monitors());
      } else if (!others.equals(vcpus) && !Collections.disjoint(others, vcpus)) {
        overlapping = true;
      }
    }
    if (overlapping) {
      element.invalid("vcpus", "Another part of the caches has some of the same vCPUs.");
    }
    for (CachePart part : now.parts()) {
      if (parts.stream().anyMatch(other -> collide(part, other))) {
        element.invalid(
            part.level() == null
                ? "The bandwidth of node " + part.id() + " is given twice."
                : "The cache " + part.id() + " of level " + part.level() + " is given twice.");
      }
      parts.add(part);
    }
    for (CacheMonitor monitor : now.monitors()) {
      String fault =
          monitor.vcpus().isEmpty()
              ? null
              : fault(CpuSet.numbers(monitor.vcpus()), vcpus, monitors);
      if (fault != null) {
        element.invalid(fault);
      }
      monitors.add(monitor);
    }
  }

  /** Code and data may have their own parts of a cache, but none beside one for both. */
  private static boolean collide(CachePart one, CachePart other) {
    boolean cache = one.id() == other.id() && Objects.equals(one.level(), other.level());
    String type = one.type();
    return cache
        && (type == null
            || type.equals(other.type())
            || type.equals("both")
            || "both".equals(other.type()));
  }

  private static @Nullable String fault(
      SortedSet<Integer> counted, SortedSet<Integer> vcpus, Collection<CacheMonitor> monitors) {
    if (!vcpus.containsAll(counted)) {
      return "A <monitor> counts vCPUs that the part of the caches is not for.";
    }
    for (CacheMonitor other : monitors) {
      SortedSet<Integer> others = CpuSet.numbers(other.vcpus());
      boolean whole = counted.equals(vcpus);
      if (whole ? others.equals(vcpus) : !Collections.disjoint(others, counted)) {
        return "Two <monitor> count the same vCPU.";
      }
    }
    return null;
  }
}

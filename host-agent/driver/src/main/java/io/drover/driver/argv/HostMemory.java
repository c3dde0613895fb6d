package io.drover.driver.argv;

import io.drover.contracts.definition.MemoryBacking;
import io.drover.contracts.definition.Tuning;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the guest's memory is on the host, and from which NUMA nodes it comes. */
final class HostMemory {
  private static final int MAX_NODE = 1024;

  private HostMemory() {}

  /** The object that the guest's memory is; a cell's own words go before the domain's. */
  static Props backend(
      Placed placed,
      String id,
      long bytes,
      @Nullable String cellAccess,
      @Nullable String cellDiscard) {
    MemoryBacking given = placed.definition().memory().backing();
    boolean memfd = given != null && "memfd".equals(given.source());
    String access = cellAccess != null ? cellAccess : given == null ? null : given.access();
    boolean discard =
        cellDiscard == null ? given != null && given.discard() : cellDiscard.equals("yes");
    Props backend = Props.object(memfd ? "memory-backend-memfd" : "memory-backend-ram", id);
    backend.put("share", access == null ? null : (Boolean) access.equals("shared"));
    backend.put("discard-data", memfd && discard ? (Boolean) true : null);
    if (given != null && "immediate".equals(given.allocation())) {
      backend.put("prealloc", true).put("prealloc-threads", given.threads());
    }
    return policy(backend.put("size", bytes), placed.definition().tuning());
  }

  private static Props policy(Props backend, Tuning tuning) {
    String nodes = tuning.memoryNodes();
    String mode = tuning.memoryMode();
    if (nodes == null || mode == null || mode.equals("restrictive")) {
      return backend; // restrictive is the control group's work
    }
    List<Object> list = new ArrayList<>(numbers(nodes));
    String policy = mode.equals("strict") ? "bind" : mode;
    return backend.put("host-nodes", list).put("policy", policy);
  }

  /** The numbers of a set such as {@code 0-3,^1}. */
  private static SortedSet<Integer> numbers(String set) {
    SortedSet<Integer> found = new TreeSet<>();
    for (String part : set.split(",", -1)) {
      boolean without = part.startsWith("^");
      String range = without ? part.substring(1) : part;
      int dash = range.indexOf('-');
      int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
      int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
      for (int number = first; number <= Math.min(last, MAX_NODE); number++) {
        if (without) {
          found.remove(number);
        } else {
          found.add(number);
        }
      }
    }
    return found;
  }
}

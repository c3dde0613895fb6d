package io.drover.gateway.inventory.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What records of the inventory's topic say that the database does not know. A change is committed
 * before its record is sent, so there is nothing of that unless the database went back in time. For
 * one thread.
 */
public final class InventoryChanges {
  private final Map<InventoryKey, Change> changes = new LinkedHashMap<>();
  private final Map<InventoryKey, Long> seen = new LinkedHashMap<>();
  private final Set<InventoryKey> late = new LinkedHashSet<>();

  /**
   * What the database knows of a thing.
   *
   * @param version of its latest record, sent or not
   * @param seen the highest version that was read from the topic
   */
  public record Known(long version, long seen) {
    public static final Known NOTHING = new Known(0, 0);
  }

  /**
   * A record.
   *
   * @param gone whether it says that the thing was deleted
   */
  public record Change(InventoryKey key, long version, boolean gone, int partition, long offset) {
    /** Whether this is the place of its record. */
    public boolean isAt(int otherPartition, long otherOffset) {
      return partition == otherPartition && offset == otherOffset;
    }
  }

  /** Takes in the next record of its partition. */
  public void take(Change record, Known known) {
    InventoryKey key = record.key();
    long newest = Math.max(known.seen(), seen.getOrDefault(key, 0L));
    if (record.version() < newest) {
      late.add(key);
      return;
    }
    seen.put(key, record.version());
    if (record.version() > known.version()) {
      changes.put(key, record);
    }
  }

  /** What was deleted; what refers to others first. */
  public List<Change> removed() {
    return changes.values().stream()
        .filter(Change::gone)
        .sorted(Comparator.comparing((Change change) -> change.key().kind()).reversed())
        .toList();
  }

  /** What is there and is not known so, of this kind. */
  public List<Change> present(InventoryKind kind) {
    return changes.values().stream()
        .filter(change -> !change.gone() && change.key().kind() == kind)
        .toList();
  }

  /** The highest version of each thing that was read. */
  public Map<InventoryKey, Long> seen() {
    return Map.copyOf(seen);
  }

  /** Things whose old record came behind a newer one, and would stay on the compacted topic. */
  public List<InventoryKey> late() {
    return new ArrayList<>(late);
  }
}

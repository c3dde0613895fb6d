package io.drover.gateway.inventory;

import io.drover.gateway.inventory.model.InventoryChanges.Known;
import io.drover.gateway.inventory.model.InventoryKey;
import io.drover.gateway.inventory.model.InventoryKind;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The versions of the inventory's records. Every call belongs to the transaction at hand. */
public interface InventoryVersions {
  /**
   * A version for the next record, greater than all before, and than the milliseconds since 1970 of
   * the database's clock; locks it, so that records have the order of their commits.
   */
  long next(InventoryKey key, boolean gone);

  /** What is known of these; none of what is unknown. */
  Map<InventoryKey, Known> known(Collection<InventoryKey> keys);

  /** Takes over a version and locks it; false when this one or a later one is known. */
  boolean recall(InventoryKey key, long version, boolean gone);

  /** Notes versions that were read from the topic. */
  void see(Map<InventoryKey, Long> versions);

  /** Things of this kind that never had a record. */
  List<UUID> unpublished(InventoryKind kind, int limit);

  /** Forgets what was read of the topic, which was recreated. */
  void forgetSeen();

  /** Things whose latest record was never read from the topic. */
  List<InventoryKey> unseen();

  /** Forgets things that have been gone for longer than this; how many. */
  int forgetGone(Duration age);
}

package io.drover.gateway.inventory;

import io.drover.gateway.inventory.model.InventoryKind;
import java.util.UUID;

/** The things of one kind, as the inventory's topic has them. Within the caller's transaction. */
public interface InventoryPart {
  /** What these are. */
  InventoryKind kind();

  /**
   * Adds what the database has forgotten, or gives what it has the contents of the record.
   *
   * @param entry as {@link Inventory#keep} had it, as JSON
   */
  void recall(UUID id, byte[] entry);

  /** Removes what was deleted; nothing when it is not there. */
  void remove(UUID id);

  /** Says again how it is now; false when it is not there. */
  boolean publish(UUID id);
}

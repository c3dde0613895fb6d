package io.drover.gateway.inventory;

import io.drover.contracts.json.ContractJson;
import io.drover.gateway.inventory.model.InventoryKey;
import io.drover.gateway.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Says on the inventory's topic what a transaction changes of a project, quota, image, volume or
 * domain, as far as nobody else could tell it. The stores call it, so that no change is without.
 */
@ApplicationScoped
public class Inventory {
  private final InventoryVersions versions;
  private final Outbox outbox;

  Inventory(InventoryVersions versions, Outbox outbox) {
    this.versions = versions;
    this.outbox = outbox;
  }

  /** How it is from now on; in the transaction at hand. */
  public void keep(InventoryKey key, Object entry) {
    outbox.inventory(key.toString(), versions.next(key, false), ContractJson.write(entry));
  }

  /** It is gone; in the transaction at hand. */
  public void drop(InventoryKey key) {
    outbox.inventory(key.toString(), versions.next(key, true), null);
  }
}

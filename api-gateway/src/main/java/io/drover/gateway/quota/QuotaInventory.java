package io.drover.gateway.quota;

import io.drover.contracts.id.ProjectId;
import io.drover.contracts.json.ContractJson;
import io.drover.gateway.inventory.Inventory;
import io.drover.gateway.inventory.InventoryPart;
import io.drover.gateway.inventory.model.InventoryKey;
import io.drover.gateway.inventory.model.InventoryKind;
import io.drover.gateway.quota.model.QuotaLimits;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The limits that operators have set, as the inventory's topic has them. */
@ApplicationScoped
class QuotaInventory implements InventoryPart {
  private final Quotas quotas;
  private final Inventory inventory;

  QuotaInventory(Quotas quotas, Inventory inventory) {
    this.quotas = quotas;
    this.inventory = inventory;
  }

  @Override
  public InventoryKind kind() {
    return InventoryKind.QUOTA;
  }

  @Override
  public void recall(UUID id, byte[] entry) {
    ProjectId project = new ProjectId(id);
    quotas.lock(project);
    quotas.set(project, ContractJson.read(entry, QuotaLimits.class).own());
  }

  @Override
  public void remove(UUID id) {
    throw new IllegalArgumentException("A quota is never deleted");
  }

  @Override
  public boolean publish(UUID id) {
    inventory.keep(new InventoryKey(InventoryKind.QUOTA, id), quotas.limits(new ProjectId(id)));
    return true;
  }
}

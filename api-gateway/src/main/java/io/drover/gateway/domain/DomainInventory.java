package io.drover.gateway.domain;

import io.drover.contracts.id.DomainId;
import io.drover.contracts.json.ContractJson;
import io.drover.gateway.domain.model.DomainEntry;
import io.drover.gateway.domain.model.TenantDomain;
import io.drover.gateway.inventory.Inventory;
import io.drover.gateway.inventory.InventoryPart;
import io.drover.gateway.inventory.model.InventoryKey;
import io.drover.gateway.inventory.model.InventoryKind;
import io.drover.gateway.volume.Volumes;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Domains as the inventory's topic has them, and with them which volumes are theirs. */
@ApplicationScoped
class DomainInventory implements InventoryPart {
  private static final int LONGEST = 128;

  private final Domains domains;
  private final Volumes volumes;
  private final DomainVolumes attached;
  private final DomainStatePublisher publishing;
  private final Inventory inventory;

  DomainInventory(
      Domains domains,
      Volumes volumes,
      DomainVolumes attached,
      DomainStatePublisher publishing,
      Inventory inventory) {
    this.domains = domains;
    this.volumes = volumes;
    this.attached = attached;
    this.publishing = publishing;
    this.inventory = inventory;
  }

  @Override
  public InventoryKind kind() {
    return InventoryKind.DOMAIN;
  }

  @Override
  public void recall(UUID id, byte[] json) {
    DomainEntry entry = ContractJson.read(json, DomainEntry.class);
    TenantDomain domain =
        domains
            .lock(new DomainId(id))
            .map(known -> domains.save(entry.applied(known)))
            .orElseGet(() -> added(new DomainId(id), entry));
    attached.take(domain, domain.definitions().volumes());
    attached.settle(domain);
  }

  private TenantDomain added(DomainId id, DomainEntry entry) {
    String name =
        domains.find(entry.projectId(), entry.name()).isEmpty()
            ? entry.name()
            : key(id.value()).nameBeside(entry.name(), LONGEST);
    TenantDomain domain = entry.forgotten(id, name);
    domains.add(domain);
    return domain;
  }

  @Override
  public void remove(UUID id) {
    DomainId domain = new DomainId(id);
    if (domains.lock(domain).isPresent()) {
      volumes.detach(domain);
      domains.remove(domain);
      publishing.withdraw(domain);
    }
  }

  @Override
  public boolean publish(UUID id) {
    Optional<TenantDomain> domain = domains.lock(new DomainId(id));
    domain.ifPresent(found -> inventory.keep(key(id), DomainEntry.of(found)));
    return domain.isPresent();
  }

  private static InventoryKey key(UUID id) {
    return new InventoryKey(InventoryKind.DOMAIN, id);
  }
}

package io.drover.gateway.domain.store;

import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.IdText;
import io.drover.contracts.id.ProjectId;
import io.drover.gateway.domain.Domains;
import io.drover.gateway.domain.model.DomainEntry;
import io.drover.gateway.domain.model.TenantDomain;
import io.drover.gateway.inventory.Inventory;
import io.drover.gateway.inventory.model.InventoryKey;
import io.drover.gateway.inventory.model.InventoryKind;
import io.drover.gateway.request.ResourceNames;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

@ApplicationScoped
class PanacheDomains implements Domains, PanacheRepositoryBase<DomainEntity, UUID> {
  private final Inventory inventory;

  PanacheDomains(Inventory inventory) {
    this.inventory = inventory;
  }

  @Override
  public Optional<TenantDomain> find(ProjectId project, String reference) {
    return query(project, reference).firstResultOptional().map(DomainEntity::toModel);
  }

  @Override
  public Optional<TenantDomain> lock(ProjectId project, String reference) {
    return query(project, reference)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResultOptional()
        .map(DomainEntity::toModel);
  }

  private PanacheQuery<DomainEntity> query(ProjectId project, String reference) {
    return IdText.find(reference)
        .map(id -> find("projectId = ?1 and id = ?2", project.value(), id))
        .orElseGet(() -> find("projectId = ?1 and name = ?2", project.value(), reference));
  }

  @Override
  public Optional<TenantDomain> lock(DomainId id) {
    return Optional.ofNullable(findById(id.value(), LockModeType.PESSIMISTIC_WRITE))
        .map(DomainEntity::toModel);
  }

  @Override
  public List<TenantDomain> page(ProjectId project, Optional<String> after, int limit) {
    return find("projectId = ?1 and name > ?2 order by name", project.value(), after.orElse(""))
        .range(0, limit - 1)
        .stream()
        .map(DomainEntity::toModel)
        .toList();
  }

  @Override
  public void add(TenantDomain domain) {
    try {
      persistAndFlush(DomainEntity.of(domain));
      keep(domain);
    } catch (ConstraintViolationException e) {
      throw ResourceNames.taken("domain", domain.name());
    }
  }

  @Override
  public TenantDomain save(TenantDomain domain) {
    DomainEntity entity = findById(domain.id().value());
    List<?> before = entity.defined();
    entity.apply(domain);
    flush();
    if (!before.equals(entity.defined())) {
      keep(domain);
    }
    return entity.toModel();
  }

  private void keep(TenantDomain domain) {
    inventory.keep(key(domain.id()), DomainEntry.of(domain));
  }

  private static InventoryKey key(DomainId id) {
    return new InventoryKey(InventoryKind.DOMAIN, id.value());
  }

  @Override
  public void remove(DomainId id) {
    if (deleteById(id.value())) {
      inventory.drop(key(id));
    }
  }
}

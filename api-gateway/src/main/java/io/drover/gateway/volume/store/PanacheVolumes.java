package io.drover.gateway.volume.store;

import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.IdText;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.id.VolumeId;
import io.drover.gateway.inventory.Inventory;
import io.drover.gateway.inventory.model.InventoryKey;
import io.drover.gateway.inventory.model.InventoryKind;
import io.drover.gateway.request.ResourceNames;
import io.drover.gateway.volume.Volumes;
import io.drover.gateway.volume.model.Volume;
import io.drover.gateway.volume.model.VolumeEntry;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

@ApplicationScoped
class PanacheVolumes implements Volumes, PanacheRepositoryBase<VolumeEntity, UUID> {
  private final Inventory inventory;

  PanacheVolumes(Inventory inventory) {
    this.inventory = inventory;
  }

  @Override
  public Optional<Volume> find(ProjectId project, String reference) {
    return query(project, reference).firstResultOptional().map(VolumeEntity::toModel);
  }

  @Override
  public Optional<Volume> lock(ProjectId project, String reference) {
    return query(project, reference)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResultOptional()
        .map(VolumeEntity::toModel);
  }

  private PanacheQuery<VolumeEntity> query(ProjectId project, String reference) {
    return IdText.find(reference)
        .map(id -> find("projectId = ?1 and id = ?2", project.value(), id))
        .orElseGet(() -> find("projectId = ?1 and name = ?2", project.value(), reference));
  }

  @Override
  public Optional<Volume> lock(VolumeId id) {
    return Optional.ofNullable(findById(id.value(), LockModeType.PESSIMISTIC_WRITE))
        .map(VolumeEntity::toModel);
  }

  @Override
  public List<Volume> lock(ProjectId project, Collection<String> names) {
    if (names.isEmpty()) {
      return List.of();
    }
    return find("projectId = ?1 and name in ?2 order by name", project.value(), names)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .stream()
        .map(VolumeEntity::toModel)
        .toList();
  }

  @Override
  public List<Volume> page(ProjectId project, Optional<String> after, int limit) {
    return find("projectId = ?1 and name > ?2 order by name", project.value(), after.orElse(""))
        .range(0, limit - 1)
        .stream()
        .map(VolumeEntity::toModel)
        .toList();
  }

  @Override
  public void add(Volume volume) {
    try {
      persistAndFlush(VolumeEntity.of(volume));
      inventory.keep(key(volume.id()), VolumeEntry.of(volume));
    } catch (ConstraintViolationException e) {
      throw ResourceNames.taken("volume", volume.name());
    }
  }

  @Override
  public void save(Volume volume) {
    findById(volume.id().value()).apply(volume.state());
  }

  @Override
  public void remove(VolumeId id) {
    if (deleteById(id.value())) {
      inventory.drop(key(id));
    }
  }

  private static InventoryKey key(VolumeId id) {
    return new InventoryKey(InventoryKind.VOLUME, id.value());
  }

  @Override
  public void attach(Collection<VolumeId> volumes, DomainId domain) {
    for (VolumeId id : volumes) {
      findById(id.value()).attachedTo = domain.value();
    }
  }

  @Override
  public List<Volume> attachedTo(DomainId domain) {
    return find("attachedTo = ?1 order by name", domain.value())
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .stream()
        .map(VolumeEntity::toModel)
        .toList();
  }

  @Override
  public void detach(Collection<VolumeId> volumes) {
    for (VolumeId id : volumes) {
      findById(id.value()).attachedTo = null;
    }
  }

  @Override
  public void resize(VolumeId id, long sizeBytes) {
    VolumeEntity volume = findById(id.value());
    if (volume.sizeBytes != sizeBytes) {
      volume.sizeBytes = sizeBytes;
      inventory.keep(key(id), VolumeEntry.of(volume.toModel()));
    }
  }

  @Override
  public void detach(DomainId domain) {
    update("attachedTo = null where attachedTo = ?1", domain.value());
  }
}

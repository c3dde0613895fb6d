package io.drover.gateway.image.store;

import io.drover.contracts.id.ImageId;
import io.drover.gateway.image.Image;
import io.drover.gateway.image.Images;
import io.drover.gateway.inventory.Inventory;
import io.drover.gateway.inventory.model.InventoryKey;
import io.drover.gateway.inventory.model.InventoryKind;
import io.drover.gateway.request.ResourceNames;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

@ApplicationScoped
class PanacheImages implements Images, PanacheRepositoryBase<ImageEntity, UUID> {
  private final Inventory inventory;

  PanacheImages(Inventory inventory) {
    this.inventory = inventory;
  }

  @Override
  public Optional<Image> find(ImageId id) {
    return findByIdOptional(id.value()).map(ImageEntity::toModel);
  }

  @Override
  public Optional<Image> find(String name) {
    return find("name", name).firstResultOptional().map(ImageEntity::toModel);
  }

  @Override
  public List<Image> page(Optional<String> after, int limit) {
    return find("name > ?1 order by name", after.orElse("")).range(0, limit - 1).stream()
        .map(ImageEntity::toModel)
        .toList();
  }

  @Override
  public void add(Image image) {
    try {
      persistAndFlush(ImageEntity.of(image));
      keep(image);
    } catch (ConstraintViolationException e) {
      throw ResourceNames.taken("image", image.name());
    }
  }

  @Override
  public boolean fill(Image image) {
    boolean filled =
        update(
                "sizeBytes = ?1, sha256 = ?2 where id = ?3 and sha256 is null",
                image.sizeBytes(),
                image.sha256(),
                image.id().value())
            == 1;
    if (filled) {
      keep(image);
    }
    return filled;
  }

  private void keep(Image image) {
    inventory.keep(new InventoryKey(InventoryKind.IMAGE, image.id().value()), image);
  }
}

package io.drover.gateway.image;

import io.drover.contracts.id.ImageId;
import io.drover.contracts.json.ContractJson;
import io.drover.gateway.inventory.Inventory;
import io.drover.gateway.inventory.InventoryPart;
import io.drover.gateway.inventory.model.InventoryKey;
import io.drover.gateway.inventory.model.InventoryKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * Images as the inventory's topic has them; their contents are files, which no backup takes back.
 */
@ApplicationScoped
class ImageInventory implements InventoryPart {
  private static final int LONGEST = 128;

  private final Images images;
  private final Inventory inventory;

  ImageInventory(Images images, Inventory inventory) {
    this.images = images;
    this.inventory = inventory;
  }

  @Override
  public InventoryKind kind() {
    return InventoryKind.IMAGE;
  }

  @Override
  public void recall(UUID id, byte[] entry) {
    Image image = ContractJson.read(entry, Image.class);
    if (images.find(new ImageId(id)).isPresent()) {
      if (image.sha256() != null) {
        images.fill(image);
      }
      return;
    }
    String name =
        images.find(image.name()).isEmpty()
            ? image.name()
            : key(id).nameBeside(image.name(), LONGEST);
    images.add(image.named(name));
  }

  @Override
  public void remove(UUID id) {
    throw new IllegalArgumentException("An image is never deleted");
  }

  @Override
  public boolean publish(UUID id) {
    Optional<Image> image = images.find(new ImageId(id));
    image.ifPresent(found -> inventory.keep(key(id), found));
    return image.isPresent();
  }

  private static InventoryKey key(UUID id) {
    return new InventoryKey(InventoryKind.IMAGE, id);
  }
}

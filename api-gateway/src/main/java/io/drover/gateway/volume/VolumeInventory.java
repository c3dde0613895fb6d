package io.drover.gateway.volume;

import io.drover.contracts.id.ImageId;
import io.drover.contracts.id.VolumeId;
import io.drover.contracts.json.ContractJson;
import io.drover.gateway.image.Images;
import io.drover.gateway.inventory.Inventory;
import io.drover.gateway.inventory.InventoryPart;
import io.drover.gateway.inventory.model.InventoryKey;
import io.drover.gateway.inventory.model.InventoryKind;
import io.drover.gateway.volume.model.Volume;
import io.drover.gateway.volume.model.VolumeEntry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Volumes as the inventory's topic has them. */
@ApplicationScoped
class VolumeInventory implements InventoryPart {
  private static final int LONGEST = 128;

  private final Volumes volumes;
  private final Images images;
  private final Inventory inventory;

  VolumeInventory(Volumes volumes, Images images, Inventory inventory) {
    this.volumes = volumes;
    this.images = images;
    this.inventory = inventory;
  }

  @Override
  public InventoryKind kind() {
    return InventoryKind.VOLUME;
  }

  @Override
  public void recall(UUID id, byte[] json) {
    VolumeId volume = new VolumeId(id);
    VolumeEntry entry = ContractJson.read(json, VolumeEntry.class);
    if (volumes.lock(volume).isPresent()) {
      volumes.resize(volume, entry.sizeBytes());
      return;
    }
    String name =
        volumes.find(entry.projectId(), entry.name()).isEmpty()
            ? entry.name()
            : key(id).nameBeside(entry.name(), LONGEST);
    ImageId image =
        entry.imageId() == null || images.find(entry.imageId()).isEmpty() ? null : entry.imageId();
    volumes.add(entry.forgotten(volume, name, image));
  }

  @Override
  public void remove(UUID id) {
    volumes.remove(new VolumeId(id));
  }

  @Override
  public boolean publish(UUID id) {
    Optional<Volume> volume = volumes.lock(new VolumeId(id));
    volume.ifPresent(found -> inventory.keep(key(id), VolumeEntry.of(found)));
    return volume.isPresent();
  }

  private static InventoryKey key(UUID id) {
    return new InventoryKey(InventoryKind.VOLUME, id);
  }
}

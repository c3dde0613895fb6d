package io.drover.gateway.image.store;

import io.drover.contracts.id.ImageId;
import io.drover.gateway.image.Image;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity(name = "Image")
@Table(name = "images")
@SuppressWarnings("NullAway.Init") // Persistence fills the fields.
class ImageEntity {
  @Id UUID id;
  String name;
  String format;

  @Column(name = "size_bytes")
  @Nullable Long sizeBytes;

  @Nullable String sha256;

  @Column(name = "created_at")
  Instant createdAt;

  static ImageEntity of(Image image) {
    ImageEntity entity = new ImageEntity();
    entity.id = image.id().value();
    entity.name = image.name();
    entity.format = image.format();
    entity.sizeBytes = image.sizeBytes();
    entity.sha256 = image.sha256();
    entity.createdAt = image.createdAt();
    return entity;
  }

  Image toModel() {
    Image.State state = sha256 == null ? Image.State.EMPTY : Image.State.READY;
    return new Image(new ImageId(id), name, format, state, sizeBytes, sha256, createdAt);
  }
}

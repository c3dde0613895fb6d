package io.drover.gateway.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drover.contracts.id.ImageId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An image that volumes may start from.
 *
 * @param format {@code raw} or {@code qcow2}
 * @param sizeBytes the length of the content; null while there is none
 * @param sha256 in lower case hex; null while there is no content
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Image(
    ImageId id,
    String name,
    String format,
    State state,
    @Nullable Long sizeBytes,
    @Nullable String sha256,
    Instant createdAt) {
  /** Whether the content is there. */
  public enum State {
    EMPTY,
    READY
  }

  static Image empty(ImageId id, String name, String format, Instant createdAt) {
    return new Image(id, name, format, State.EMPTY, null, null, createdAt);
  }

  Image named(String other) {
    return new Image(id, other, format, state, sizeBytes, sha256, createdAt);
  }

  Image filled(ImageFiles.Content content) {
    return new Image(
        id, name, format, State.READY, content.sizeBytes(), content.sha256(), createdAt);
  }
}

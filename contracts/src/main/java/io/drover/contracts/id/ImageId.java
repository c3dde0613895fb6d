package io.drover.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies an image. */
public record ImageId(@JsonValue UUID value) {
  /** Reads the canonical 36 character form; anything else is refused with {@code INVALID_ID}. */
  @JsonCreator
  public static ImageId parse(String text) {
    return new ImageId(IdText.parse("image id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}

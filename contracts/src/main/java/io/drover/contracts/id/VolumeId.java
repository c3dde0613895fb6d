package io.drover.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies a volume. */
public record VolumeId(@JsonValue UUID value) {
  /** Reads the canonical 36 character form; anything else is refused with {@code INVALID_ID}. */
  @JsonCreator
  public static VolumeId parse(String text) {
    return new VolumeId(IdText.parse("volume id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}

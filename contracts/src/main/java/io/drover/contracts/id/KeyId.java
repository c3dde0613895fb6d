package io.drover.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies a disk key; also the uuid of the libvirt secret that names it. */
public record KeyId(@JsonValue UUID value) {
  /** Reads the canonical 36 character form; anything else is refused with {@code INVALID_ID}. */
  @JsonCreator
  public static KeyId parse(String text) {
    return new KeyId(IdText.parse("key id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}

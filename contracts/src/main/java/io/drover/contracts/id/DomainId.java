package io.drover.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies a domain (virtual machine); also its libvirt UUID. */
public record DomainId(@JsonValue UUID value) {
  /** Reads the canonical 36 character form; anything else is refused with {@code INVALID_ID}. */
  @JsonCreator
  public static DomainId parse(String text) {
    return new DomainId(IdText.parse("domain id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}

package io.drover.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies a host that runs an agent. */
public record HostId(@JsonValue UUID value) {
  /** Reads the canonical 36 character form; anything else is refused with {@code INVALID_ID}. */
  @JsonCreator
  public static HostId parse(String text) {
    return new HostId(IdText.parse("host id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}

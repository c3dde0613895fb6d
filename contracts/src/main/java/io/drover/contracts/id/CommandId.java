package io.drover.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies a command; derived, so that a replay makes the same id. */
public record CommandId(@JsonValue UUID value) {
  /** Reads the canonical 36 character form; anything else is refused with {@code INVALID_ID}. */
  @JsonCreator
  public static CommandId parse(String text) {
    return new CommandId(IdText.parse("command id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}

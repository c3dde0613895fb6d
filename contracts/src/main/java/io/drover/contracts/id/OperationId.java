package io.drover.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies one accepted mutation and its steps. */
public record OperationId(@JsonValue UUID value) {
  /** Reads the canonical 36 character form; anything else is refused with {@code INVALID_ID}. */
  @JsonCreator
  public static OperationId parse(String text) {
    return new OperationId(IdText.parse("operation id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}

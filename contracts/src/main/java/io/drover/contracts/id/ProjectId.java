package io.drover.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies a tenant's project. */
public record ProjectId(@JsonValue UUID value) {
  /** Of no project: what operators do to hosts. */
  public static final ProjectId NONE = new ProjectId(new UUID(0, 0));

  /** Reads the canonical 36 character form; anything else is refused with {@code INVALID_ID}. */
  @JsonCreator
  public static ProjectId parse(String text) {
    return new ProjectId(IdText.parse("project id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}

package io.drover.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies what a command or event is about: a domain or a volume. */
public record SubjectId(@JsonValue UUID value) {
  /** Reads the canonical 36 character form; anything else is refused with {@code INVALID_ID}. */
  @JsonCreator
  public static SubjectId parse(String text) {
    return new SubjectId(IdText.parse("subject id", text));
  }

  public static SubjectId of(DomainId domain) {
    return new SubjectId(domain.value());
  }

  public static SubjectId of(VolumeId volume) {
    return new SubjectId(volume.value());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}

package io.drover.contracts.id;

import java.util.UUID;

/** Where new ids come from; passed in, so that a test decides them. Thread-safe. */
@FunctionalInterface
public interface IdSource {
  /** A new, never repeated id. */
  UUID next();

  /** Random ids of the platform's secure generator. */
  static IdSource random() {
    return UUID::randomUUID;
  }
}

package io.drover.gateway.problem;

import io.drover.contracts.error.SqlStates;
import java.sql.SQLException;
import java.util.Optional;

/** Finds out what a failure really is. */
public final class FailureClassifier {
  private static final int MAX_CAUSES = 20;

  private FailureClassifier() {}

  /** Whether the database could not do this work now, and may do the same work later. */
  public static boolean databaseUnavailable(Throwable failure) {
    return find(failure, SQLException.class)
        .filter(cause -> SqlStates.passes(cause.getSQLState()))
        .isPresent();
  }

  /** The first of the causes that is of this type. */
  static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }
}

package io.drover.gateway.problem;

import java.sql.SQLException;
import java.util.Optional;

/** Finds out what a failure really is. */
public final class FailureClassifier {
  private static final int MAX_CAUSES = 20;

  private FailureClassifier() {}

  /** Whether the database was away: not reached, lost, or without a free connection. */
  public static boolean databaseAway(Throwable failure) {
    return find(failure, SQLException.class).filter(FailureClassifier::unavailable).isPresent();
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

  /**
   * Connection lost (08), refused (53, 57), not to be had from the pool (no state), a server that
   * has become a standby (25006), or a transaction that lost against another one (40).
   */
  private static boolean unavailable(SQLException failure) {
    String state = failure.getSQLState();
    return state == null
        || state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("40")
        || state.equals("25006")
        || state.startsWith("57P");
  }
}

package io.drover.secrets.problem;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away, or busy for the moment, from work that can never succeed. */
public final class DatabaseAway {
  /** Connection, rollback, resources, operator's intervention, system, locks not had in time. */
  private static final Set<String> PASSING = Set.of("08", "40", "53", "57", "58", "55");

  private DatabaseAway() {}

  /** Whether the same work may succeed later. */
  public static boolean isCauseOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && passes(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  private static boolean passes(@Nullable String state) {
    // The pool's own failures (no connection in time) have no state.
    return state == null || state.length() < 2 || PASSING.contains(state.substring(0, 2));
  }
}

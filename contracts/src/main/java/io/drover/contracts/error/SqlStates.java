package io.drover.contracts.error;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an SQLSTATE of PostgreSQL says about trying the same work again. The one rule of all
 * services: work that failed by a passing state waits and is tried again, and never becomes a dead
 * letter.
 */
public final class SqlStates {
  /**
   * Connection (08), the server refuses the login (28), rollback for the sake of another
   * transaction (40), resources (53), the operator or a timeout intervened (57), the server's
   * system failed (58).
   */
  private static final Set<String> PASSING_CLASSES = Set.of("08", "28", "40", "53", "57", "58");

  /**
   * The server has become a standby (25006); it ended a transaction that took too long (25P03,
   * 25P04); the database is not there yet (3D000); an object or lock is in use (55006, 55P03).
   */
  private static final Set<String> PASSING_STATES =
      Set.of("25006", "25P03", "25P04", "3D000", "55006", "55P03");

  private SqlStates() {}

  /**
   * Whether the same work may succeed later: the database is unavailable, or others were in the
   * way.
   *
   * @param state null or too short for what the driver or the pool failed by itself, as for want of
   *     a connection; that passes
   */
  public static boolean passes(@Nullable String state) {
    if (state == null || state.length() < 2) {
      return true;
    }
    return PASSING_STATES.contains(state) || PASSING_CLASSES.contains(state.substring(0, 2));
  }
}

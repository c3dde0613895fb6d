package io.drover.scheduler.ledger.store;

import io.drover.scheduler.ledger.LedgerException;
import java.sql.SQLException;
import java.util.Set;

/** Tells failures that pass by themselves from those that would repeat. */
final class SqlFailure {
  /** Connection, transaction rollback, resources, operator's intervention, system. */
  private static final Set<String> PASSING = Set.of("08", "40", "53", "57", "58", "55");

  private SqlFailure() {}

  static LedgerException of(SQLException e) {
    String state = e.getSQLState();
    // The pool's own failures (no connection in time) have no state.
    boolean passing =
        state == null || state.length() < 2 || PASSING.contains(state.substring(0, 2));
    return new LedgerException("The database failed: " + e.getMessage(), e, passing);
  }
}

package io.drover.scheduler.ledger.store;

import io.drover.contracts.error.DatabaseUnavailable;
import io.drover.contracts.error.SqlStates;
import io.drover.scheduler.ledger.LedgerException;
import java.sql.SQLException;

/** Tells a database that is unavailable from work that would fail again. */
final class SqlFailure {
  private SqlFailure() {}

  static RuntimeException of(SQLException e) {
    return SqlStates.passes(e.getSQLState()) ? new DatabaseUnavailable(e) : new LedgerException(e);
  }
}

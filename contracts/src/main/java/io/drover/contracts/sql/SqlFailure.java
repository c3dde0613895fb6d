package io.drover.contracts.sql;

import io.drover.contracts.error.DatabaseUnavailable;
import io.drover.contracts.error.SqlStates;
import io.drover.contracts.error.StatementFailed;
import java.sql.SQLException;

/** Tells a database that is unavailable from work that would fail again. */
public final class SqlFailure {
  private SqlFailure() {}

  /** A {@link DatabaseUnavailable} or a {@link StatementFailed}, to be thrown. */
  public static RuntimeException of(SQLException e) {
    return SqlStates.passes(e.getSQLState()) ? new DatabaseUnavailable(e) : new StatementFailed(e);
  }
}

package io.drover.contracts.sql;

import io.drover.contracts.error.DatabaseUnavailable;
import io.drover.contracts.error.SqlStates;
import io.drover.contracts.error.StatementFailed;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;

/** Tells a database that is unavailable from work that would fail again. */
public final class SqlFailure {
  private static final int MAX_CAUSES = 20;

  private SqlFailure() {}

  /** A {@link DatabaseUnavailable} or a {@link StatementFailed}, to be thrown. */
  public static RuntimeException of(SQLException e) {
    return SqlStates.passes(e.getSQLState()) ? new DatabaseUnavailable(e) : new StatementFailed(e);
  }

  /** Whether the database could not do this work now, and may do the same work later. */
  public static boolean passes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(MAX_CAUSES)
        .anyMatch(
            cause -> cause instanceof SQLException sql && SqlStates.passes(sql.getSQLState()));
  }
}

package io.drover.secrets.problem;

import io.drover.contracts.error.DatabaseUnavailable;
import io.drover.contracts.error.SqlStates;
import java.sql.SQLException;
import java.util.Optional;

/** Finds the database's failure among the causes of another one. */
public final class DatabaseFailure {
  private DatabaseFailure() {}

  /** The failure as one that passes; empty when the same work would fail again. */
  public static Optional<DatabaseUnavailable> passing(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && SqlStates.passes(sql.getSQLState())) {
        return Optional.of(new DatabaseUnavailable(failure));
      }
    }
    return Optional.empty();
  }
}

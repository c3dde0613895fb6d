package io.drover.contracts.sql;

import io.drover.contracts.error.DatabaseUnavailable;
import io.drover.contracts.error.StatementFailed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One statement with its parameters: an {@link Instant}, a {@link SqlArray}, or what the driver
 * takes. Each call runs it once, and throws {@link DatabaseUnavailable} when the same call may
 * succeed later and {@link StatementFailed} when it would fail again. Used by one thread.
 */
public final class Query {
  private final Access access;
  private final String sql;
  private final @Nullable Object[] parameters;

  /** A statement on this connection, which stays open. */
  public Query(Connection connection, String sql, @Nullable Object... parameters) {
    this(
        new Access() {
          @Override
          public <T> T with(Work<T> work) throws SQLException {
            return work.on(connection);
          }
        },
        sql,
        parameters);
  }

  /** A statement in the transaction at hand of this data source, or in one of its own. */
  public Query(DataSource database, String sql, @Nullable Object... parameters) {
    this(
        new Access() {
          @Override
          public <T> T with(Work<T> work) throws SQLException {
            try (Connection connection = database.getConnection()) {
              return work.on(connection);
            }
          }
        },
        sql,
        parameters);
  }

  private Query(Access access, String sql, @Nullable Object[] parameters) {
    this.access = access;
    this.sql = sql;
    this.parameters = parameters;
  }

  /** Reads one row. */
  @FunctionalInterface
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private interface Access {
    <T> T with(Work<T> work) throws SQLException;
  }

  /** All rows, in the order of the statement. */
  public <T> List<T> list(RowReader<T> reader) {
    return execute(
        statement -> {
          try (ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
              found.add(reader.read(rows));
            }
            return found;
          }
        });
  }

  /** The first row; empty when there is none. */
  public <T> Optional<T> first(RowReader<T> reader) {
    List<T> found = list(reader);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
  }

  /** Runs a statement that changes rows, and counts them. */
  public int run() {
    return execute(PreparedStatement::executeUpdate);
  }

  /** The moment in a column of type {@code timestamptz} that is not null. */
  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private interface Execution<T> {
    T of(PreparedStatement statement) throws SQLException;
  }

  private <T> T execute(Execution<T> execution) {
    try {
      return access.with(
          connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
              for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, value(connection, parameters[i]));
              }
              return execution.of(statement);
            }
          });
    } catch (SQLException e) {
      throw SqlFailure.of(e);
    }
  }

  private static @Nullable Object value(Connection connection, @Nullable Object parameter)
      throws SQLException {
    if (parameter instanceof Instant instant) {
      return instant.atOffset(ZoneOffset.UTC);
    }
    if (parameter instanceof SqlArray array) {
      return connection.createArrayOf(array.type(), array.values());
    }
    return parameter;
  }
}

package io.drover.scheduler.ledger.store;

import io.drover.contracts.sql.SqlFailure;
import io.drover.scheduler.ledger.Claims;
import io.drover.scheduler.ledger.HostRecords;
import io.drover.scheduler.ledger.Hosts;
import io.drover.scheduler.ledger.Ledger;
import io.drover.scheduler.ledger.LedgerSession;
import io.drover.scheduler.ledger.Outcomes;
import io.drover.scheduler.ledger.PlacementPositions;
import io.drover.scheduler.ledger.Subjects;
import io.drover.scheduler.ledger.VolumeBindings;
import io.drover.scheduler.ledger.WaitingPlacements;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;

/** The ledger in PostgreSQL, at READ COMMITTED: rows are locked where it matters. */
@ApplicationScoped
class JdbcLedger implements Ledger {
  private final DataSource database;

  JdbcLedger(DataSource database) {
    this.database = database;
  }

  @Override
  public <T> T inTransaction(Function<LedgerSession, T> work) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.apply(new JdbcSession(connection));
        connection.commit();
        return result;
      } catch (RuntimeException | SQLException | Error e) {
        undo(connection, e);
        throw e;
      }
    } catch (SQLException e) {
      throw SqlFailure.of(e);
    }
  }

  private static void undo(Connection connection, Throwable cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private record JdbcSession(Connection connection) implements LedgerSession {
    @Override
    public Hosts hosts() {
      return new HostRows(connection);
    }

    @Override
    public Subjects subjects() {
      return new SubjectRows(connection);
    }

    @Override
    public Claims claims() {
      return new ClaimRows(connection);
    }

    @Override
    public VolumeBindings volumes() {
      return new VolumeRows(connection);
    }

    @Override
    public Outcomes outcomes() {
      return new OutcomeRows(connection);
    }

    @Override
    public WaitingPlacements waitingPlacements() {
      return new WaitingPlacementRows(connection);
    }

    @Override
    public HostRecords hostRecords() {
      return new HostRecordRows(connection);
    }

    @Override
    public PlacementPositions placementPositions() {
      return new PlacementPositionRows(connection);
    }
  }
}

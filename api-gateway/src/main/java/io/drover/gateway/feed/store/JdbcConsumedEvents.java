package io.drover.gateway.feed.store;

import io.drover.gateway.feed.ConsumedEvents;
import io.drover.gateway.request.StoreFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;

/** The ids of the events that were applied. Every call belongs to the transaction at hand. */
@ApplicationScoped
class JdbcConsumedEvents implements ConsumedEvents {
  private final DataSource database;

  JdbcConsumedEvents(DataSource database) {
    this.database = database;
  }

  @Override
  public boolean first(UUID id) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into gateway.consumed_events (id, consumed_at) values (?, now())"
                    + " on conflict do nothing")) {
      insert.setObject(1, id);
      return insert.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new StoreFailure(e);
    }
  }

  @Override
  public int forget(Duration age) {
    try (Connection connection = database.getConnection();
        PreparedStatement delete =
            connection.prepareStatement(
                "delete from gateway.consumed_events"
                    + " where consumed_at < now() - make_interval(secs => ?)")) {
      delete.setDouble(1, age.toSeconds());
      return delete.executeUpdate();
    } catch (SQLException e) {
      throw new StoreFailure(e);
    }
  }
}

package io.drover.gateway.outbox.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.drover.contracts.json.ContractJson;
import io.drover.gateway.config.GatewayConfig.Database;
import io.drover.gateway.outbox.OutboxRow;
import io.drover.gateway.outbox.RelaySession;
import io.drover.gateway.request.StoreFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/**
 * The relay's own connection: it is notified of new rows and holds the lock that makes its relay
 * the one active. Not from the pool, because LISTEN and the lock live as long as the session. For
 * one thread.
 */
final class JdbcRelaySession implements RelaySession {
  private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

  /** One number for all gateways of one database: "drover-outbox". */
  private static final long LOCK = 0x64726f7665726f62L;

  private static final String PENDING =
      "select id, topic, key, headers, payload from gateway.outbox"
          + " where refused is null order by id limit ?";

  private final Connection connection;
  private final PGConnection notifications;

  private JdbcRelaySession(Connection connection) throws SQLException {
    this.connection = connection;
    this.notifications = connection.unwrap(PGConnection.class);
  }

  static JdbcRelaySession open(Database database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", database.user());
    properties.setProperty("password", database.password());
    properties.setProperty("connectTimeout", "3");
    properties.setProperty("loginTimeout", "5");
    properties.setProperty("socketTimeout", "30");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("ApplicationName", "drover-outbox-relay");
    Connection connection = new Driver().connect(database.url(), properties);
    if (connection == null) {
      throw new SQLException("Not a PostgreSQL URL", "08001");
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("listen drover_gateway_outbox");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return new JdbcRelaySession(connection);
  }

  @Override
  public boolean tryLock() {
    try {
      try (PreparedStatement statement =
          connection.prepareStatement("select pg_try_advisory_lock(?)")) {
        statement.setLong(1, LOCK);
        try (ResultSet row = statement.executeQuery()) {
          return row.next() && row.getBoolean(1);
        }
      }
    } catch (SQLException e) {
      throw new StoreFailure(e);
    }
  }

  @Override
  public void await(Duration atMost) {
    try {
      notifications.getNotifications(Math.toIntExact(atMost.toMillis()));
    } catch (SQLException e) {
      throw new StoreFailure(e);
    }
  }

  @Override
  public List<OutboxRow> pending(int limit) {
    try {
      List<OutboxRow> rows = new ArrayList<>();
      try (PreparedStatement select = connection.prepareStatement(PENDING)) {
        select.setInt(1, limit);
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            rows.add(
                new OutboxRow(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    headers(row.getString(4)),
                    row.getBytes(5)));
          }
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new StoreFailure(e);
    }
  }

  @Override
  public void done(List<Long> ids) {
    try {
      try (PreparedStatement delete =
          connection.prepareStatement("delete from gateway.outbox where id = any(?)")) {
        delete.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
        delete.executeUpdate();
      }
    } catch (SQLException e) {
      throw new StoreFailure(e);
    }
  }

  @Override
  public void refuse(long id, String why) {
    try {
      try (PreparedStatement update =
          connection.prepareStatement("update gateway.outbox set refused = ? where id = ?")) {
        update.setString(1, why);
        update.setLong(2, id);
        update.executeUpdate();
      }
    } catch (SQLException e) {
      throw new StoreFailure(e);
    }
  }

  @Override
  public long waiting() {
    try {
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery("select count(*) from gateway.outbox where refused is null")) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw new StoreFailure(e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new StoreFailure(e);
    }
  }

  private static Map<String, String> headers(String json) throws SQLException {
    try {
      return ContractJson.mapper().readValue(json, HEADERS);
    } catch (JsonProcessingException e) {
      throw new SQLException("Unreadable headers in the outbox", e);
    }
  }
}

package io.drover.gateway.outbox.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.sql.Query;
import io.drover.contracts.sql.SqlArray;
import io.drover.contracts.sql.SqlFailure;
import io.drover.gateway.config.GatewayConfig.Database;
import io.drover.gateway.outbox.OutboxRow;
import io.drover.gateway.outbox.RelaySession;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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

  /**
   * How the server notices a client whose machine is gone: it asks after 5 s of silence, and ends
   * the session when nothing is acknowledged for 10 s. By default it holds the lock for hours.
   */
  private static final String LOST_CLIENTS =
      "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
          + " -c tcp_user_timeout=10000";

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
    properties.setProperty("options", LOST_CLIENTS);
    properties.setProperty("ApplicationName", "drover-outbox-relay");
    Connection connection = new Driver().connect(database.url(), properties);
    if (connection == null) {
      throw new SQLException("Not a PostgreSQL URL", "08001");
    }
    try {
      new Query(connection, "listen drover_gateway_outbox").run();
      return new JdbcRelaySession(connection);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public boolean tryLock() {
    return query("select pg_try_advisory_lock(?)", LOCK)
        .first(row -> row.getBoolean(1))
        .orElseThrow();
  }

  @Override
  public void await(Duration atMost) {
    try {
      notifications.getNotifications(Math.toIntExact(atMost.toMillis()));
    } catch (SQLException e) {
      throw SqlFailure.of(e);
    }
  }

  @Override
  public List<OutboxRow> pending(int limit) {
    return query(PENDING, limit)
        .list(
            row ->
                new OutboxRow(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    headers(row.getString(4)),
                    row.getBytes(5)));
  }

  @Override
  public void done(List<Long> ids) {
    query("delete from gateway.outbox where id = any(?)", SqlArray.of("bigint", ids)).run();
  }

  @Override
  public void refuse(long id, String why) {
    query("update gateway.outbox set refused = ? where id = ?", why, id).run();
  }

  @Override
  public long waiting() {
    return query("select count(*) from gateway.outbox where refused is null")
        .first(row -> row.getLong(1))
        .orElseThrow();
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw SqlFailure.of(e);
    }
  }

  private Query query(String sql, Object... parameters) {
    return new Query(connection, sql, parameters);
  }

  private static Map<String, String> headers(String json) throws SQLException {
    try {
      return ContractJson.mapper().readValue(json, HEADERS);
    } catch (JsonProcessingException e) {
      throw new SQLException("Unreadable headers in the outbox", e);
    }
  }
}

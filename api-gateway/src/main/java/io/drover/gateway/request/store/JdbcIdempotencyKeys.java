package io.drover.gateway.request.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.drover.contracts.json.ContractJson;
import io.drover.gateway.request.HttpResult;
import io.drover.gateway.request.IdempotencyKeys;
import io.drover.gateway.request.Mutation;
import io.drover.gateway.request.StoreFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** The stored answers. Every call belongs to the transaction at hand. */
@ApplicationScoped
class JdbcIdempotencyKeys implements IdempotencyKeys {
  private static final String CLAIM =
      "insert into gateway.idempotency_keys (key, caller, route, request_hash, created_at)"
          + " values (?, ?, ?, ?, ?) on conflict (caller, key) do nothing";
  private static final String READ =
      "select request_hash, status, headers, body from gateway.idempotency_keys"
          + " where caller = ? and key = ?";
  private static final String STORE =
      "update gateway.idempotency_keys set status = ?, headers = ?, body = ?"
          + " where caller = ? and key = ?";

  private final DataSource database;

  JdbcIdempotencyKeys(DataSource database) {
    this.database = database;
  }

  @Override
  public Optional<HttpResult> claim(String key, Mutation mutation, byte[] hash) {
    try (Connection connection = database.getConnection()) {
      try (PreparedStatement insert = connection.prepareStatement(CLAIM)) {
        insert.setString(1, key);
        insert.setString(2, mutation.caller());
        insert.setString(3, mutation.route());
        insert.setBytes(4, hash);
        insert.setTimestamp(5, Timestamp.from(mutation.startedAt()));
        if (insert.executeUpdate() == 1) {
          return Optional.empty();
        }
      }
      return Optional.of(read(connection, key, mutation.caller(), hash));
    } catch (SQLException e) {
      throw new StoreFailure(e);
    }
  }

  private static HttpResult read(Connection connection, String key, String caller, byte[] hash)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(READ)) {
      select.setString(1, caller);
      select.setString(2, key);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next() || !Arrays.equals(hash, row.getBytes(1))) {
          throw IdempotencyKeys.reused(key);
        }
        return new HttpResult(row.getInt(2), headers(row.getString(3)), row.getBytes(4));
      }
    }
  }

  @Override
  public void store(String key, String caller, HttpResult answer) {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(STORE)) {
      update.setInt(1, answer.status());
      update.setString(2, new String(ContractJson.write(answer.headers()), StandardCharsets.UTF_8));
      update.setBytes(3, answer.body());
      update.setString(4, caller);
      update.setString(5, key);
      update.executeUpdate();
    } catch (SQLException e) {
      throw new StoreFailure(e);
    }
  }

  @Override
  public int forget(Duration age) {
    try (Connection connection = database.getConnection();
        PreparedStatement delete =
            connection.prepareStatement(
                "delete from gateway.idempotency_keys"
                    + " where created_at < now() - make_interval(secs => ?)")) {
      delete.setDouble(1, age.toSeconds());
      return delete.executeUpdate();
    } catch (SQLException e) {
      throw new StoreFailure(e);
    }
  }

  private static Map<String, String> headers(String json) {
    try {
      return ContractJson.mapper().readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored answer has unreadable headers", e);
    }
  }
}

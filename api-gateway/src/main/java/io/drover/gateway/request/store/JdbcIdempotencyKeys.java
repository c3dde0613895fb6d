package io.drover.gateway.request.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.sql.Query;
import io.drover.gateway.request.HttpResult;
import io.drover.gateway.request.IdempotencyKeys;
import io.drover.gateway.request.Mutation;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
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
  private static final String FORGET =
      "delete from gateway.idempotency_keys where created_at < now() - make_interval(secs => ?)";

  private static final String FORGET_BEYOND =
      """
      delete from gateway.idempotency_keys where (caller, key) in (
        select caller, key from (
          select caller, key, row_number() over (partition by caller order by created_at desc) as place
          from gateway.idempotency_keys
        ) ranked where place > ?)
      """;

  private final DataSource database;

  JdbcIdempotencyKeys(DataSource database) {
    this.database = database;
  }

  @Override
  public Optional<HttpResult> claim(String key, Mutation mutation, byte[] hash) {
    Query insert =
        new Query(
            database, CLAIM, key, mutation.caller(), mutation.route(), hash, mutation.startedAt());
    if (insert.run() == 1) {
      return Optional.empty();
    }
    return Optional.of(
        new Query(database, READ, mutation.caller(), key)
            .first(row -> answer(row, key, hash))
            .orElseThrow(() -> IdempotencyKeys.reused(key)));
  }

  private static HttpResult answer(ResultSet row, String key, byte[] hash) throws SQLException {
    if (!Arrays.equals(hash, row.getBytes(1))) {
      throw IdempotencyKeys.reused(key);
    }
    return new HttpResult(row.getInt(2), headers(row.getString(3)), row.getBytes(4));
  }

  @Override
  public void store(String key, String caller, HttpResult answer) {
    String headers = new String(ContractJson.write(answer.headers()), StandardCharsets.UTF_8);
    new Query(database, STORE, answer.status(), headers, answer.body(), caller, key).run();
  }

  @Override
  public int forget(Duration age) {
    return new Query(database, FORGET, (double) age.toSeconds()).run();
  }

  @Override
  public int forgetBeyond(int kept) {
    return new Query(database, FORGET_BEYOND, kept).run();
  }

  private static Map<String, String> headers(String json) {
    try {
      return ContractJson.mapper().readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored answer has unreadable headers", e);
    }
  }
}

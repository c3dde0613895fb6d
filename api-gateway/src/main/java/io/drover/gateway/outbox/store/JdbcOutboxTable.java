package io.drover.gateway.outbox.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.json.ContractJson;
import io.drover.contracts.sql.Query;
import io.drover.gateway.outbox.OutboxTable;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Writes rows of the outbox, in the transaction at hand. */
@ApplicationScoped
class JdbcOutboxTable implements OutboxTable {
  private static final String APPEND =
      "insert into gateway.outbox (topic, key, headers, payload) values (?, ?, ?, ?)";
  private static final String NEXT =
      "insert into gateway.event_sequences as s (subject, last) values (?, ?)"
          + " on conflict (subject) do update set last = s.last + ? returning last";

  private static final String RAISE =
      "insert into gateway.event_sequences as s (subject, last) values (?, ?)"
          + " on conflict (subject) do update set last = greatest(s.last, excluded.last)";
  private static final String NEXT_STATE =
      "insert into gateway.event_sequences as s (subject, last, state_version)"
          + " values (?, 0, (extract(epoch from clock_timestamp()) * 1000)::bigint)"
          + " on conflict (subject) do update set"
          + " state_version = greatest(s.state_version + 1, excluded.state_version)"
          + " returning state_version";
  private static final String FORGET_SEQUENCES =
      """
      delete from gateway.event_sequences where subject in (
        select s.subject from gateway.event_sequences s
        where not exists (select 1 from gateway.domains d where d.id = s.subject)
          and not exists (select 1 from gateway.volumes v where v.id = s.subject)
          and not exists (select 1 from gateway.operations o where o.subject = s.subject)
        limit ?)
      """;
  private static final String FORGET_REFUSED =
      "delete from gateway.outbox where refused is not null"
          + " and created_at < now() - make_interval(secs => ?)";

  private final DataSource database;
  private final OpenTelemetry telemetry;

  JdbcOutboxTable(DataSource database, OpenTelemetry telemetry) {
    this.database = database;
    this.telemetry = telemetry;
  }

  @Override
  public long nextSequence(UUID subject) {
    return advance(subject, 1);
  }

  @Override
  public void raiseSequence(UUID subject, long sequence) {
    new Query(database, RAISE, subject, sequence).run();
  }

  @Override
  public void lockSubject(UUID subject) {
    advance(subject, 0);
  }

  @Override
  public long nextStateVersion(UUID subject) {
    return new Query(database, NEXT_STATE, subject).first(row -> row.getLong(1)).orElseThrow();
  }

  private long advance(UUID subject, long by) {
    return new Query(database, NEXT, subject, by, by).first(row -> row.getLong(1)).orElseThrow();
  }

  @Override
  public int forgetSequences(int limit) {
    return new Query(database, FORGET_SEQUENCES, limit).run();
  }

  @Override
  public int forgetRefused(Duration age) {
    return new Query(database, FORGET_REFUSED, (double) age.toSeconds()).run();
  }

  @Override
  public void append(
      String topic, String key, Map<String, byte[]> headers, byte @Nullable [] payload) {
    Map<String, String> text = new TreeMap<>();
    headers.forEach((name, value) -> text.put(name, new String(value, UTF_8)));
    telemetry
        .getPropagators()
        .getTextMapPropagator()
        .inject(Context.current(), text, (into, name, value) -> into.put(name, value));
    String stored = new String(ContractJson.write(text), UTF_8);
    new Query(database, APPEND, topic, key, stored, payload).run();
  }
}

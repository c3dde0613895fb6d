package io.drover.gateway.topic.store;

import io.drover.contracts.sql.Query;
import io.drover.gateway.topic.TopicPositions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;

/** Table {@code topic_positions}. */
@ApplicationScoped
class JdbcTopicPositions implements TopicPositions {
  /** One number for all gateways of one database: "drover-recall". */
  private static final long LOCK = 0x64726f7665727263L;

  private static final String ALL =
      "select topic, partition, next from gateway.topic_positions where topic <> ''";
  private static final String KEEP =
      "insert into gateway.topic_positions as p (topic, partition, next) values (?, ?, ?)"
          + " on conflict (topic, partition) do update set next = greatest(p.next, excluded.next)";
  private static final String REPLACE =
      "insert into gateway.topic_positions (topic, partition, next) values (?, ?, ?)"
          + " on conflict (topic, partition) do update set next = excluded.next";
  private static final String OLDER =
      "select 1 as found from gateway.topic_positions where topic = ''";

  private final DataSource database;

  JdbcTopicPositions(DataSource database) {
    this.database = database;
  }

  @Override
  public Map<TopicPlace, Long> all() {
    Map<TopicPlace, Long> all = new LinkedHashMap<>();
    new Query(database, ALL)
        .list(
            row ->
                Map.entry(
                    new TopicPlace(row.getString("topic"), row.getInt("partition")),
                    row.getLong("next")))
        .forEach(one -> all.put(one.getKey(), one.getValue()));
    return all;
  }

  @Override
  public void keep(Map<TopicPlace, Long> next) {
    write(KEEP, next);
  }

  @Override
  public void replace(Map<TopicPlace, Long> next) {
    write(REPLACE, next);
  }

  private void write(String statement, Map<TopicPlace, Long> next) {
    next.forEach(
        (place, offset) ->
            new Query(database, statement, place.topic(), place.partition(), offset).run());
  }

  @Override
  public boolean olderThanPositions() {
    return new Query(database, OLDER).first(row -> row.getInt("found")).isPresent();
  }

  @Override
  public boolean tryLock() {
    return new Query(database, "select pg_try_advisory_xact_lock(?)", LOCK)
        .first(row -> row.getBoolean(1))
        .orElseThrow();
  }
}

package io.drover.gateway.inventory.store;

import io.drover.contracts.sql.Query;
import io.drover.contracts.sql.SqlArray;
import io.drover.gateway.inventory.InventoryVersions;
import io.drover.gateway.inventory.model.InventoryChanges.Known;
import io.drover.gateway.inventory.model.InventoryKey;
import io.drover.gateway.inventory.model.InventoryKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** Table {@code inventory_versions}. */
@ApplicationScoped
class JdbcInventoryVersions implements InventoryVersions {
  private static final String NEXT =
      """
      insert into gateway.inventory_versions as v (kind, id, version, gone_at)
        values (?, ?, (extract(epoch from clock_timestamp()) * 1000)::bigint, case when ? then now() end)
        on conflict (kind, id) do update set
          version = greatest(v.version + 1, excluded.version), gone_at = excluded.gone_at
        returning version
      """;
  private static final String KNOWN =
      """
      select v.kind, v.id, v.version, v.seen from gateway.inventory_versions v
        join unnest(?, ?) as asked (kind, id) on v.kind = asked.kind and v.id = asked.id
      """;
  private static final String RECALL =
      """
      insert into gateway.inventory_versions as v (kind, id, version, gone_at)
        values (?, ?, ?, case when ? then now() end)
        on conflict (kind, id) do update set version = excluded.version, gone_at = excluded.gone_at
          where v.version < excluded.version
      """;
  private static final String SEE =
      """
      update gateway.inventory_versions v set seen = greatest(v.seen, read.version)
        from unnest(?, ?, ?) as read (kind, id, version)
        where v.kind = read.kind and v.id = read.id and v.seen < read.version
      """;
  private static final String UNSEEN =
      "select kind, id from gateway.inventory_versions where seen < version";
  private static final String FORGET_GONE =
      "delete from gateway.inventory_versions where gone_at < now() - make_interval(secs => ?)";

  private final DataSource database;

  JdbcInventoryVersions(DataSource database) {
    this.database = database;
  }

  @Override
  public long next(InventoryKey key, boolean gone) {
    return new Query(database, NEXT, key.kind().name(), key.id(), gone)
        .first(row -> row.getLong("version"))
        .orElseThrow();
  }

  @Override
  public Map<InventoryKey, Known> known(Collection<InventoryKey> keys) {
    List<InventoryKey> asked = List.copyOf(keys);
    Map<InventoryKey, Known> known = new LinkedHashMap<>();
    new Query(database, KNOWN, kinds(asked), ids(asked))
        .list(row -> Map.entry(key(row), new Known(row.getLong("version"), row.getLong("seen"))))
        .forEach(one -> known.put(one.getKey(), one.getValue()));
    return known;
  }

  @Override
  public boolean recall(InventoryKey key, long version, boolean gone) {
    return new Query(database, RECALL, key.kind().name(), key.id(), version, gone).run() == 1;
  }

  @Override
  public void see(Map<InventoryKey, Long> versions) {
    List<InventoryKey> keys = List.copyOf(versions.keySet());
    List<Long> read = new ArrayList<>();
    keys.forEach(key -> read.add(versions.get(key)));
    new Query(database, SEE, kinds(keys), ids(keys), SqlArray.of("bigint", read)).run();
  }

  private static SqlArray kinds(List<InventoryKey> keys) {
    return SqlArray.of("text", keys.stream().map(key -> key.kind().name()).toList());
  }

  private static SqlArray ids(List<InventoryKey> keys) {
    return SqlArray.of("uuid", keys.stream().map(InventoryKey::id).toList());
  }

  @Override
  public List<UUID> unpublished(InventoryKind kind, int limit) {
    String missing =
        "select thing.id from (%s) thing where not exists (select 1 from gateway.inventory_versions v"
            + " where v.kind = ? and v.id = thing.id) order by thing.id limit ?";
    return new Query(database, missing.formatted(things(kind)), kind.name(), limit)
        .list(row -> row.getObject("id", UUID.class));
  }

  private static String things(InventoryKind kind) {
    return switch (kind) {
      case PROJECT -> "select id from gateway.projects";
      case QUOTA -> "select project_id as id from gateway.project_quotas where version > 0";
      case IMAGE -> "select id from gateway.images";
      case VOLUME -> "select id from gateway.volumes";
      case DOMAIN -> "select id from gateway.domains";
    };
  }

  @Override
  public void forgetSeen() {
    new Query(database, "update gateway.inventory_versions set seen = 0").run();
  }

  @Override
  public List<InventoryKey> unseen() {
    return new Query(database, UNSEEN).list(JdbcInventoryVersions::key);
  }

  private static InventoryKey key(ResultSet row) throws SQLException {
    return new InventoryKey(
        InventoryKind.valueOf(row.getString("kind")), row.getObject("id", UUID.class));
  }

  @Override
  public int forgetGone(Duration age) {
    return new Query(database, FORGET_GONE, (double) age.toSeconds()).run();
  }
}

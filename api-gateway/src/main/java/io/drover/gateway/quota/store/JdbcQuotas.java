package io.drover.gateway.quota.store;

import io.drover.contracts.id.ProjectId;
import io.drover.contracts.sql.Query;
import io.drover.gateway.inventory.Inventory;
import io.drover.gateway.inventory.model.InventoryKey;
import io.drover.gateway.inventory.model.InventoryKind;
import io.drover.gateway.quota.Quotas;
import io.drover.gateway.quota.model.QuotaAmounts;
import io.drover.gateway.quota.model.QuotaItem;
import io.drover.gateway.quota.model.QuotaLimits;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What is used is counted from the rows themselves, so it is the truth by its nature. */
@ApplicationScoped
class JdbcQuotas implements Quotas {
  private static final String READ =
      "select domains, vcpus, memory_mib, volumes, volume_bytes, open_operations, version"
          + " from gateway.project_quotas where project_id = ?";
  private static final String ADD =
      "insert into gateway.project_quotas (project_id) values (?)"
          + " on conflict (project_id) do nothing";
  private static final String SET =
      "update gateway.project_quotas set domains = ?, vcpus = ?, memory_mib = ?, volumes = ?,"
          + " volume_bytes = ?, open_operations = ?, version = version + 1 where project_id = ?"
          + " returning domains, vcpus, memory_mib, volumes, volume_bytes, open_operations, version";

  /** Of its own statement: it sees what was committed while the lock was waited for. */
  private static final String USED =
      """
      select d.domains, d.vcpus, d.memory_mib, v.volumes, v.volume_bytes + o.growth_bytes as volume_bytes,
        o.open_operations
      from
        (select count(*) as domains, coalesce(sum(vcpus), 0)::bigint as vcpus,
          coalesce(sum(memory_mib), 0)::bigint as memory_mib
          from gateway.domains where project_id = ?) d,
        (select count(*) as volumes, coalesce(sum(size_bytes), 0)::bigint as volume_bytes
          from gateway.volumes where project_id = ?) v,
        (select count(*) as open_operations, coalesce(sum(growth_bytes), 0)::bigint as growth_bytes
          from gateway.operations where project_id = ? and state = 'RUNNING') o
      """;

  private static final Map<QuotaItem, String> COLUMNS =
      new EnumMap<>(
          Map.of(
              QuotaItem.DOMAINS, "domains",
              QuotaItem.VCPUS, "vcpus",
              QuotaItem.MEMORY_MIB, "memory_mib",
              QuotaItem.VOLUMES, "volumes",
              QuotaItem.VOLUME_BYTES, "volume_bytes",
              QuotaItem.OPEN_OPERATIONS, "open_operations"));

  private final DataSource database;
  private final Inventory inventory;

  JdbcQuotas(DataSource database, Inventory inventory) {
    this.database = database;
    this.inventory = inventory;
  }

  @Override
  public QuotaLimits limits(ProjectId project) {
    return read(project, READ).orElseGet(() -> new QuotaLimits(Map.of(), 0));
  }

  @Override
  public QuotaLimits lock(ProjectId project) {
    String locking = READ + " for update";
    Optional<QuotaLimits> known = read(project, locking);
    if (known.isPresent()) {
      return known.get();
    }
    new Query(database, ADD, project.value()).run();
    return read(project, locking).orElseThrow();
  }

  private Optional<QuotaLimits> read(ProjectId project, String statement) {
    return new Query(database, statement, project.value()).first(JdbcQuotas::limits);
  }

  @Override
  public QuotaAmounts used(ProjectId project) {
    return new Query(database, USED, project.value(), project.value(), project.value())
        .first(row -> new QuotaAmounts(amounts(row)))
        .orElseThrow();
  }

  @Override
  public QuotaLimits set(ProjectId project, Map<QuotaItem, Long> own) {
    QuotaLimits limits =
        new Query(
                database,
                SET,
                own.get(QuotaItem.DOMAINS),
                own.get(QuotaItem.VCPUS),
                own.get(QuotaItem.MEMORY_MIB),
                own.get(QuotaItem.VOLUMES),
                own.get(QuotaItem.VOLUME_BYTES),
                own.get(QuotaItem.OPEN_OPERATIONS),
                project.value())
            .first(JdbcQuotas::limits)
            .orElseThrow();
    inventory.keep(new InventoryKey(InventoryKind.QUOTA, project.value()), limits);
    return limits;
  }

  private static QuotaLimits limits(ResultSet row) throws SQLException {
    return new QuotaLimits(amounts(row), row.getLong("version"));
  }

  private static Map<QuotaItem, Long> amounts(ResultSet row) throws SQLException {
    Map<QuotaItem, Long> amounts = new EnumMap<>(QuotaItem.class);
    for (Map.Entry<QuotaItem, String> column : COLUMNS.entrySet()) {
      @Nullable Long amount = row.getObject(column.getValue(), Long.class);
      if (amount != null) {
        amounts.put(column.getKey(), amount);
      }
    }
    return amounts;
  }
}

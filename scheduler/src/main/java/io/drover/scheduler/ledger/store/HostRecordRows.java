package io.drover.scheduler.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.id.HostId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.sql.Query;
import io.drover.scheduler.ledger.HostRecords;
import io.drover.scheduler.ledger.model.HostListing;
import io.drover.scheduler.ledger.model.HostListing.Published;
import io.drover.scheduler.ledger.model.ReportedFacts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Table {@code host_record}. */
record HostRecordRows(Connection connection) implements HostRecords {
  /** Any number that no other lock of this schema has. */
  private static final long PUBLISHING = 4_117_020_021L;

  private static final String ALL =
      """
      select h.*, r.content, r.version, r.at,
        (select count(*) from claim c where c.host_id = h.id) as claims
      from host h left join host_record r on r.host_id = h.id order by h.id
      """;

  private static final String PUBLISHED =
      """
      insert into host_record (host_id, content, version, at) values (?, ?, ?, ?)
      on conflict (host_id) do update
        set content = excluded.content, version = excluded.version, at = excluded.at
      """;

  @Override
  public boolean lock() {
    return new Query(connection, "select pg_try_advisory_xact_lock(?) as mine", PUBLISHING)
        .first(row -> row.getBoolean("mine"))
        .orElse(false);
  }

  @Override
  public List<HostListing> all() {
    return new Query(connection, ALL).list(HostRecordRows::read);
  }

  @Override
  public void published(HostId host, Published published) {
    new Query(
            connection,
            PUBLISHED,
            host.value(),
            published.content(),
            published.version(),
            published.at())
        .run();
  }

  private static HostListing read(ResultSet row) throws SQLException {
    String content = row.getString("content");
    return new HostListing(
        HostRows.read(row),
        ContractJson.read(row.getString("facts").getBytes(UTF_8), ReportedFacts.class),
        row.getInt("claims"),
        content == null
            ? null
            : new Published(content, row.getLong("version"), Query.instant(row, "at")));
  }
}

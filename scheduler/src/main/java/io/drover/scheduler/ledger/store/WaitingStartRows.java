package io.drover.scheduler.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.command.PlaceDomain;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.sql.Query;
import io.drover.scheduler.ledger.WaitingStarts;
import io.drover.scheduler.ledger.model.WaitingStart;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Table {@code waiting_start}. */
record WaitingStartRows(Connection connection) implements WaitingStarts {
  @Override
  public void keep(UUID domain, WaitingStart start) {
    new Query(
            connection,
            "insert into waiting_start (subject, command, wait_until) values (?, ?, ?)"
                + " on conflict do nothing",
            domain,
            new String(ContractJson.write(start.command()), UTF_8),
            start.until())
        .run();
  }

  @Override
  public Optional<WaitingStart> find(UUID domain) {
    return new Query(connection, "select * from waiting_start where subject = ?", domain)
        .first(
            row ->
                new WaitingStart(
                    ContractJson.read(row.getString("command").getBytes(UTF_8), PlaceDomain.class),
                    Query.instant(row, "wait_until")));
  }

  @Override
  public void remove(UUID domain) {
    new Query(connection, "delete from waiting_start where subject = ?", domain).run();
  }

  @Override
  public List<UUID> due(Instant now) {
    return new Query(
            connection,
            "select subject from waiting_start w where wait_until <= ?"
                + " or not exists (select 1 from claim c where c.domain_id = w.subject)",
            now)
        .list(row -> row.getObject("subject", UUID.class));
  }
}

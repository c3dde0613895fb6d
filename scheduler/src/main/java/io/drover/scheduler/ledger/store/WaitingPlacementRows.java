package io.drover.scheduler.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.command.SchedulerCommand;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.message.MessageTypes;
import io.drover.contracts.sql.Query;
import io.drover.scheduler.ledger.WaitingPlacements;
import io.drover.scheduler.ledger.model.WaitingPlacement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Table {@code waiting_placement}. */
record WaitingPlacementRows(Connection connection) implements WaitingPlacements {
  @Override
  public void keep(UUID subject, WaitingPlacement placement) {
    new Query(
            connection,
            "insert into waiting_placement (subject, type, command, awaits, wait_until)"
                + " values (?, ?, ?, ?, ?) on conflict do nothing",
            subject,
            MessageTypes.of(placement.command().getClass()),
            new String(ContractJson.write(placement.command()), UTF_8),
            placement.awaits().name(),
            placement.until())
        .run();
  }

  @Override
  public Optional<WaitingPlacement> find(UUID subject) {
    return new Query(connection, "select * from waiting_placement where subject = ?", subject)
        .first(
            row ->
                new WaitingPlacement(
                    command(row),
                    WaitingPlacement.Awaited.valueOf(row.getString("awaits")),
                    Query.instant(row, "wait_until")));
  }

  private static SchedulerCommand command(ResultSet row) throws SQLException {
    Class<?> type = MessageTypes.find(row.getString("type")).orElseThrow();
    return ContractJson.read(
        row.getString("command").getBytes(UTF_8), type.asSubclass(SchedulerCommand.class));
  }

  @Override
  public void remove(UUID subject) {
    new Query(connection, "delete from waiting_placement where subject = ?", subject).run();
  }

  @Override
  public List<UUID> due(Instant now) {
    return new Query(
            connection,
            "select subject from waiting_placement w where wait_until <= ? or awaits = ?"
                + " or not exists (select 1 from claim c where c.domain_id = w.subject)",
            now,
            WaitingPlacement.Awaited.HOST_REPORT.name())
        .list(row -> row.getObject("subject", UUID.class));
  }
}

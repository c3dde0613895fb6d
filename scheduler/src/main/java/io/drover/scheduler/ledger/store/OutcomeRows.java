package io.drover.scheduler.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.json.ContractJson;
import io.drover.contracts.sql.Query;
import io.drover.scheduler.ledger.Outcomes;
import io.drover.scheduler.ledger.model.OutgoingRecord;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Table {@code outcome}. */
record OutcomeRows(Connection connection) implements Outcomes {
  @Override
  public Optional<List<OutgoingRecord>> find(UUID cause) {
    return new Query(connection, "select records from outcome where cause_id = ?", cause)
        .first(row -> row.getString(1))
        .map(json -> List.of(ContractJson.read(json.getBytes(UTF_8), OutgoingRecord[].class)));
  }

  @Override
  public void keep(
      UUID cause, UUID subject, long lastSequence, List<OutgoingRecord> records, Instant at) {
    new Query(
            connection,
            "with numbered as (update subject set event_sequence = ? where id = ?)"
                + " insert into outcome (cause_id, subject, records, created_at)"
                + " values (?, ?, ?, ?)",
            lastSequence,
            subject,
            cause,
            subject,
            new String(ContractJson.write(records), UTF_8),
            at)
        .run();
  }

  @Override
  public int forgetBefore(Instant oldest) {
    return new Query(connection, "delete from outcome where created_at < ?", oldest).run();
  }
}

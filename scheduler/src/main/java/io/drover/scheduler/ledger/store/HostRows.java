package io.drover.scheduler.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.id.HostId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.report.HostState.Admission;
import io.drover.contracts.sql.Query;
import io.drover.scheduler.ledger.Hosts;
import io.drover.scheduler.ledger.model.Host;
import io.drover.scheduler.ledger.model.HostStanding;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Table {@code host}. */
record HostRows(Connection connection) implements Hosts {
  /** A report of the same epoch counts by its number, one of a newer epoch always. */
  private static final String REPORT =
      """
      insert into host as h (id, name, epoch, report_sequence, reported_at, vcpus, memory_mib, \
      disk_bytes, disk_free_bytes, accelerators, isolation_lack, agent_url, clock_skew_millis, facts, \
      intake_next, intake_moved_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (id) do update set
        name = excluded.name,
        epoch = excluded.epoch,
        report_sequence = excluded.report_sequence,
        reported_at = excluded.reported_at,
        vcpus = excluded.vcpus,
        memory_mib = excluded.memory_mib,
        disk_bytes = excluded.disk_bytes,
        disk_free_bytes = excluded.disk_free_bytes,
        accelerators = excluded.accelerators,
        isolation_lack = excluded.isolation_lack,
        agent_url = excluded.agent_url,
        clock_skew_millis = excluded.clock_skew_millis,
        facts = excluded.facts,
        intake_next = excluded.intake_next,
        intake_moved_at = case
          when ? and h.epoch = excluded.epoch and h.intake_next is not distinct from excluded.intake_next
          then h.intake_moved_at else excluded.reported_at end,
        admission = case when h.admission = 'REMOVED' then 'ENABLED' else h.admission end,
        admission_reason = case when h.admission = 'REMOVED' then '' else h.admission_reason end,
        generation = h.generation + case
          when (h.epoch, h.vcpus, h.memory_mib, h.accelerators)
            is distinct from (excluded.epoch, excluded.vcpus, excluded.memory_mib, excluded.accelerators)
          then 1 else 0 end
      where (h.epoch, h.report_sequence) < (excluded.epoch, excluded.report_sequence)
        and (h.admission <> 'REMOVED' or h.epoch < excluded.epoch)
      returning h.*
      """;

  @Override
  public List<Host> all() {
    return new Query(connection, "select * from host order by id").list(HostRows::read);
  }

  @Override
  public Optional<Host> find(HostId id) {
    return new Query(connection, "select * from host where id = ?", id.value())
        .first(HostRows::read);
  }

  @Override
  public Host report(Host reported, FurtherFacts further) {
    return new Query(
            connection,
            REPORT,
            reported.id().value(),
            reported.name(),
            reported.epoch(),
            reported.reportSequence(),
            reported.reportedAt(),
            reported.vcpus(),
            reported.memoryMib(),
            reported.disk().totalBytes(),
            reported.disk().freeBytes(),
            String.join(",", new TreeSet<>(reported.accelerators())),
            reported.isolationLack(),
            reported.agentUrl(),
            reported.clockSkewMillis(),
            new String(ContractJson.write(further.facts()), UTF_8),
            further.next(),
            reported.reportedAt(),
            further.commandsWait())
        .first(HostRows::read)
        .or(() -> find(reported.id()))
        .orElseThrow();
  }

  @Override
  public Optional<Host> admit(HostId id, Admission admission, String reason) {
    // A decision over the host as it was claims nothing of it then.
    return new Query(
            connection,
            "update host set admission = ?, admission_reason = ?, generation = generation + 1"
                + " where id = ? returning *",
            admission.name(),
            reason,
            id.value())
        .first(HostRows::read);
  }

  static Host read(ResultSet row) throws SQLException {
    String accelerators = row.getString("accelerators");
    return new Host(
        new HostId(row.getObject("id", UUID.class)),
        row.getString("name"),
        row.getLong("epoch"),
        row.getLong("report_sequence"),
        Query.instant(row, "reported_at"),
        row.getInt("vcpus"),
        row.getLong("memory_mib"),
        new Host.DiskLedger(
            row.getLong("disk_bytes"),
            row.getLong("disk_free_bytes"),
            row.getLong("used_disk_bytes")),
        accelerators.isEmpty() ? Set.of() : Set.of(accelerators.split(",")),
        row.getString("isolation_lack"),
        row.getString("agent_url"),
        row.getLong("generation"),
        row.getInt("used_vcpus"),
        row.getLong("used_memory_mib"),
        row.getLong("clock_skew_millis"),
        new HostStanding(
            Admission.valueOf(row.getString("admission")),
            row.getString("admission_reason"),
            Query.instant(row, "intake_moved_at")));
  }
}

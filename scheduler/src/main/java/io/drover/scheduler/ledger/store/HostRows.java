package io.drover.scheduler.ledger.store;

import io.drover.contracts.id.HostId;
import io.drover.contracts.sql.Query;
import io.drover.scheduler.ledger.Hosts;
import io.drover.scheduler.ledger.model.Host;
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
      accelerators, agent_url, clock_skew_millis)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (id) do update set
        name = excluded.name,
        epoch = excluded.epoch,
        report_sequence = excluded.report_sequence,
        reported_at = excluded.reported_at,
        vcpus = excluded.vcpus,
        memory_mib = excluded.memory_mib,
        accelerators = excluded.accelerators,
        agent_url = excluded.agent_url,
        clock_skew_millis = excluded.clock_skew_millis,
        generation = h.generation + case
          when (h.epoch, h.vcpus, h.memory_mib, h.accelerators)
            is distinct from (excluded.epoch, excluded.vcpus, excluded.memory_mib, excluded.accelerators)
          then 1 else 0 end
      where (h.epoch, h.report_sequence) < (excluded.epoch, excluded.report_sequence)
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
  public Host report(Host reported) {
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
            String.join(",", new TreeSet<>(reported.accelerators())),
            reported.agentUrl(),
            reported.clockSkewMillis())
        .first(HostRows::read)
        .or(() -> find(reported.id()))
        .orElseThrow();
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
        accelerators.isEmpty() ? Set.of() : Set.of(accelerators.split(",")),
        row.getString("agent_url"),
        row.getLong("generation"),
        row.getInt("used_vcpus"),
        row.getLong("used_memory_mib"),
        row.getLong("clock_skew_millis"));
  }
}

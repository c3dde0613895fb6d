package io.drover.scheduler.ledger.store;

import io.drover.contracts.command.Resources;
import io.drover.contracts.command.StopMode;
import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.sql.Query;
import io.drover.contracts.sql.SqlArray;
import io.drover.scheduler.ledger.Claims;
import io.drover.scheduler.ledger.model.Claim;
import io.drover.scheduler.ledger.model.ClaimRequest;
import io.drover.scheduler.ledger.model.Host;
import io.drover.scheduler.ledger.model.StopWish;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Table {@code claim}, and the {@code used} figures of {@code host} that go with it. */
record ClaimRows(Connection connection) implements Claims {
  /**
   * Compare and swap: the first of the candidates whose facts are still of the generation that the
   * decision saw, that still reports and still has room is locked, counted and claimed. Whoever
   * waited for the lock compares again with what the winner left (READ COMMITTED), so it goes on to
   * the next candidate instead of overbooking.
   */
  private static final String CLAIM =
      """
      with chosen as (
        select h.id
        from unnest(?, ?) with ordinality as candidate (id, generation, rank)
        join host h on h.id = candidate.id and h.generation = candidate.generation
        where h.vcpus - h.used_vcpus >= ? and h.memory_mib - h.used_memory_mib >= ?
          and h.reported_at >= ? and h.admission = 'ENABLED'
        order by candidate.rank
        limit 1
        for update of h
      ), taken as (
        update host h
        set used_vcpus = h.used_vcpus + ?, used_memory_mib = h.used_memory_mib + ?
        from chosen where h.id = chosen.id
        returning h.*
      ), claimed as (
        insert into claim (domain_id, host_id, generation, vcpus, memory_mib, state, operation_id,
          start_command, since)
        select ?, taken.id, ?, ?, ?, 'PLACED', ?, ?, ? from taken
      ), placed as (
        update subject s
        set generation = ?, last_host_id = taken.id, vcpus = ?, memory_mib = ?
        from taken where s.id = ?
      )
      select * from taken
      """;

  private static final String ABSENT =
      """
      update claim set
        absences = case
          when absent_epoch = ? and absent_sequence = ? then absences + 1 else 1 end,
        absent_epoch = ?, absent_sequence = ?
      where domain_id = ? and generation = ?
        and (state = 'RUNNING' and since < ? or state = 'PLACED' and since < ?)
      returning absences
      """;

  private static final String FREE =
      """
      with gone as (
        delete from claim where domain_id = ? and generation = ?
        returning host_id, vcpus, memory_mib
      )
      update host h
      set used_vcpus = h.used_vcpus - gone.vcpus,
        used_memory_mib = h.used_memory_mib - gone.memory_mib
      from gone where h.id = gone.host_id
      returning h.*
      """;

  private static final String RECOGNISE =
      """
      with added as (
        insert into claim (domain_id, host_id, generation, vcpus, memory_mib, state, operation_id,
          start_command)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (domain_id) do nothing
        returning host_id, vcpus, memory_mib
      )
      update host h
      set used_vcpus = h.used_vcpus + added.vcpus,
        used_memory_mib = h.used_memory_mib + added.memory_mib
      from added where h.id = added.host_id
      """;

  @Override
  public Optional<Host> claim(ClaimRequest request) {
    int vcpus = request.resources().vcpus();
    long memoryMib = request.resources().memoryMib();
    return new Query(
            connection,
            CLAIM,
            SqlArray.of("uuid", request.hosts().stream().map(h -> h.id().value()).toList()),
            SqlArray.of("bigint", request.hosts().stream().map(Host::generation).toList()),
            vcpus,
            memoryMib,
            request.reportedSince(),
            vcpus,
            memoryMib,
            request.domainId(),
            request.generation(),
            vcpus,
            memoryMib,
            request.operationId().value(),
            request.startCommand().value(),
            request.at(),
            request.generation(),
            vcpus,
            memoryMib,
            request.domainId())
        .first(HostRows::read);
  }

  @Override
  public Optional<Claim> find(UUID domainId) {
    return new Query(connection, "select * from claim where domain_id = ?", domainId)
        .first(ClaimRows::read);
  }

  @Override
  public List<Claim> onHost(HostId hostId) {
    return new Query(
            connection, "select * from claim where host_id = ? order by domain_id", hostId.value())
        .list(ClaimRows::read);
  }

  @Override
  public void changeState(UUID domainId, long generation, Claim.State state, Instant at) {
    new Query(
            connection,
            "update claim set state = ?, since = ?, refused_at = null, refusal = null"
                + " where domain_id = ? and generation = ?",
            state.name(),
            at,
            domainId,
            generation)
        .run();
  }

  @Override
  public int absent(Claim claim, Sighting report, Instant placedBefore) {
    return new Query(
            connection,
            ABSENT,
            report.epoch(),
            report.sequence() - 1,
            report.epoch(),
            report.sequence(),
            claim.domainId(),
            claim.generation(),
            report.at(),
            placedBefore)
        .first(row -> row.getInt("absences"))
        .orElse(0);
  }

  @Override
  public void wantStop(UUID domainId, long generation, StopWish wish) {
    new Query(
            connection,
            "update claim set stop_command = ?, stop_operation = ?, stop_mode = ?, stop_epoch = ?"
                + " where domain_id = ? and generation = ?",
            wish.command().value(),
            wish.operation().value(),
            wish.mode().name(),
            wish.epoch(),
            domainId,
            generation)
        .run();
  }

  @Override
  public void stopRefused(UUID domainId, OperationId operation) {
    new Query(
            connection,
            "update claim set stop_command = null, stop_operation = null, stop_mode = null,"
                + " stop_epoch = null where domain_id = ? and stop_operation = ?",
            domainId,
            operation.value())
        .run();
  }

  @Override
  public void stopMissed(UUID domainId, OperationId operation) {
    new Query(
            connection,
            "update claim set stop_epoch = 0 where domain_id = ? and stop_operation = ?",
            domainId,
            operation.value())
        .run();
  }

  @Override
  public void refused(UUID domainId, long generation, Claim.Refusal refusal) {
    new Query(
            connection,
            "update claim set state = 'REFUSED', refused_at = ?, refusal = ?"
                + " where domain_id = ? and generation = ? and state = 'PLACED'",
            refusal.at(),
            refusal.problem(),
            domainId,
            generation)
        .run();
  }

  @Override
  public Optional<Host> free(UUID domainId, long generation) {
    return new Query(connection, FREE, domainId, generation).first(HostRows::read);
  }

  @Override
  public boolean recognise(Claim running) {
    return new Query(
                connection,
                RECOGNISE,
                running.domainId(),
                running.hostId().value(),
                running.generation(),
                running.resources().vcpus(),
                running.resources().memoryMib(),
                running.state().name(),
                running.operationId() == null ? null : running.operationId().value(),
                running.startCommand().value())
            .run()
        > 0;
  }

  private static Claim read(ResultSet row) throws SQLException {
    String refusal = row.getString("refusal");
    UUID operation = row.getObject("operation_id", UUID.class);
    return new Claim(
        row.getObject("domain_id", UUID.class),
        new HostId(row.getObject("host_id", UUID.class)),
        row.getLong("generation"),
        new Resources(row.getInt("vcpus"), row.getLong("memory_mib")),
        Claim.State.valueOf(row.getString("state")),
        operation == null ? null : new OperationId(operation),
        new CommandId(row.getObject("start_command", UUID.class)),
        refusal == null ? null : new Claim.Refusal(Query.instant(row, "refused_at"), refusal),
        stop(row));
  }

  private static @Nullable StopWish stop(ResultSet row) throws SQLException {
    UUID command = row.getObject("stop_command", UUID.class);
    return command == null
        ? null
        : new StopWish(
            new CommandId(command),
            new OperationId(row.getObject("stop_operation", UUID.class)),
            StopMode.valueOf(row.getString("stop_mode")),
            row.getLong("stop_epoch"));
  }
}

package io.drover.scheduler.ledger.store;

import io.drover.contracts.command.Resources;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.sql.Query;
import io.drover.scheduler.ledger.Subjects;
import io.drover.scheduler.ledger.model.Subject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Table {@code subject}. */
record SubjectRows(Connection connection) implements Subjects {
  private static final String FORGET_DELETED =
      """
      delete from subject s where s.deleted and s.deleted_at < ?
        and not exists (select 1 from claim c where c.domain_id = s.id)
        and not exists (select 1 from volume v where v.id = s.id)
        and not exists (select 1 from waiting_placement w where w.subject = s.id)
        and not exists (select 1 from host h where h.id = s.last_host_id
          and h.admission <> 'REMOVED' and h.reported_at <= s.deleted_at)
      """;

  private static final String RECALLED =
      """
      update subject set
        generation = ?, event_sequence = greatest(event_sequence, ?),
        last_host_id = coalesce(?::uuid, last_host_id), vcpus = ?, memory_mib = ?
      where id = ?
      """;

  @Override
  public Subject lock(UUID id, Subject.Kind kind, ProjectId projectId) {
    // The update that changes nothing locks a row that is there already, in the same round trip.
    return new Query(
            connection,
            "insert into subject as s (id, kind, project_id) values (?, ?, ?)"
                + " on conflict (id) do update set id = s.id returning s.*, s.xmax = 0 as is_new",
            id,
            kind.name(),
            projectId.value())
        .first(SubjectRows::read)
        .orElseThrow();
  }

  @Override
  public Optional<Subject> lockKnown(UUID id) {
    return new Query(
            connection, "select *, false as is_new from subject where id = ? for update", id)
        .first(SubjectRows::read);
  }

  @Override
  public Optional<Subject> find(UUID id) {
    return new Query(connection, "select *, false as is_new from subject where id = ?", id)
        .first(SubjectRows::read);
  }

  @Override
  public void seen(UUID id, long generation) {
    new Query(
            connection,
            "update subject set generation = ? where id = ? and generation < ?",
            generation,
            id,
            generation)
        .run();
  }

  @Override
  public boolean knows(UUID id, long generation) {
    return new Query(
            connection,
            "select generation from subject where id = ? and generation >= ?",
            id,
            generation)
        .first(row -> row.getLong("generation"))
        .isPresent();
  }

  @Override
  public void recalled(
      UUID id, long generation, long eventSequence, @Nullable HostId host, Resources resources) {
    new Query(
            connection,
            RECALLED,
            generation,
            eventSequence,
            host == null ? null : host.value(),
            resources.vcpus(),
            resources.memoryMib(),
            id)
        .run();
  }

  @Override
  public void fence(UUID id, long generation) {
    new Query(
            connection,
            "update subject set fenced_generation = greatest(fenced_generation, ?),"
                + " generation = greatest(generation, ?) where id = ?",
            generation,
            generation,
            id)
        .run();
  }

  @Override
  public void deleted(UUID id, Instant at) {
    new Query(
            connection,
            "update subject set deleted = true, deleted_at = coalesce(deleted_at, ?) where id = ?",
            at,
            id)
        .run();
  }

  @Override
  public int forgetDeleted(Instant before) {
    return new Query(connection, FORGET_DELETED, before).run();
  }

  private static Subject read(ResultSet row) throws SQLException {
    UUID host = row.getObject("last_host_id", UUID.class);
    return new Subject(
        row.getObject("id", UUID.class),
        Subject.Kind.valueOf(row.getString("kind")),
        new ProjectId(row.getObject("project_id", UUID.class)),
        row.getLong("generation"),
        host == null ? null : new HostId(host),
        new Resources(row.getInt("vcpus"), row.getLong("memory_mib")),
        row.getLong("event_sequence"),
        row.getLong("fenced_generation"),
        row.getBoolean("deleted"),
        row.getBoolean("is_new"));
  }
}

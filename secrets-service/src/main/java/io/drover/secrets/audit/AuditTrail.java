package io.drover.secrets.audit;

import io.drover.contracts.audit.KeyAudited;
import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.sql.Query;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The audit rows. Each carries the hash of the one before, so that a row taken out or changed later
 * breaks the chain. Written within the caller's transaction: what is not audited did not happen.
 */
@ApplicationScoped
public class AuditTrail {
  /** Any number that nothing else in this database locks. */
  private static final long CHAIN_LOCK = 0x64726f766572L;

  private static final String LOCK_CHAIN = "select pg_advisory_xact_lock(?)";
  private static final String APPEND =
      "insert into secrets.audit (at, action, outcome, key_id, subject, generation, host_id,"
          + " command_id, actor, previous_hash, hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String LOCK_CURSOR =
      "select sent_up_to from secrets.audit_cursor for update skip locked";
  private static final String HAS_UNSENT =
      "select 1 from secrets.audit_cursor"
          + " where sent_up_to < (select max(id) from secrets.audit)";
  private static final String UNSENT =
      "select a.*, k.project_id from secrets.audit a"
          + " left join secrets.disk_key k on k.key_id = a.key_id"
          + " where a.id > ? order by a.id limit ?";
  private static final String SENT = "update secrets.audit_cursor set sent_up_to = ?";
  private static final String SENT_UP_TO = "select sent_up_to from secrets.audit_cursor";
  private static final String OF_KEY =
      "select * from secrets.audit where key_id = ? order by id desc limit ?";
  private static final String BEHIND =
      "select * from secrets.audit where id > ? order by id limit ?";
  private static final String HEAD = "select * from secrets.audit order by id desc limit 1";

  private final DataSource database;
  private final InstantSource time;

  AuditTrail(DataSource database, InstantSource time) {
    this.database = database;
    this.time = time;
  }

  /** Appends an entry; entries of all processes form one chain. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void append(AuditEntry entry) {
    new Query(database, LOCK_CHAIN, CHAIN_LOCK).first(row -> true);
    byte[] previous = head().map(AuditRow::hash).orElse(new byte[0]);
    Instant at = time.instant().truncatedTo(ChronoUnit.MICROS);
    HostId host = entry.hostId();
    CommandId command = entry.commandId();
    new Query(
            database,
            APPEND,
            at,
            entry.action(),
            entry.outcome(),
            entry.keyId().value(),
            entry.subject(),
            entry.generation(),
            host == null ? null : host.value(),
            command == null ? null : command.value(),
            entry.actor(),
            previous,
            hash(previous, at, entry.hashed()))
        .run();
  }

  /**
   * Whether the newest entry of this key says the same of who and what, so that a repetition need
   * not be written: who repeats a refused attempt cannot fill the trail.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean endsWith(AuditEntry entry) {
    return of(entry.keyId(), 1).stream()
        .anyMatch(
            last ->
                last.action().equals(entry.action())
                    && last.outcome().equals(entry.outcome())
                    && last.actor().equals(entry.actor()));
  }

  /**
   * An entry as it goes to its topic.
   *
   * @param projectId whose key it is; null for a key that never was
   */
  record Unsent(@Nullable ProjectId projectId, long generation, KeyAudited entry) {}

  /** The oldest entries that have not been sent, in order; none while another process sends. */
  @Transactional(Transactional.TxType.MANDATORY)
  List<Unsent> lockUnsent(int limit) {
    if (new Query(database, HAS_UNSENT).first(row -> true).isEmpty()) {
      return List.of(); // nothing is locked, so an idle service writes nothing
    }
    return new Query(database, LOCK_CURSOR)
        .first(row -> row.getLong(1))
        .map(sent -> new Query(database, UNSENT, sent, limit).list(AuditTrail::unsent))
        .orElse(List.of());
  }

  private static Unsent unsent(ResultSet row) throws SQLException {
    UUID project = row.getObject("project_id", UUID.class);
    AuditRow read = AuditRow.read(row);
    return new Unsent(
        project == null ? null : new ProjectId(project), read.entry().generation(), read.audited());
  }

  @Transactional(Transactional.TxType.MANDATORY)
  void sentUpTo(long number) {
    new Query(database, SENT, number).run();
  }

  /** What happened with a key, the newest first. */
  @Transactional
  public List<KeyAudited> of(KeyId key, int limit) {
    return new Query(database, OF_KEY, key.value(), limit)
        .list(row -> AuditRow.read(row).audited());
  }

  /** The entries behind this number, in order. */
  @Transactional(Transactional.TxType.MANDATORY)
  List<AuditRow> behind(long number, int limit) {
    return new Query(database, BEHIND, number, limit).list(AuditRow::read);
  }

  /** The newest entry; empty before the first. */
  @Transactional(Transactional.TxType.MANDATORY)
  Optional<AuditRow> head() {
    return new Query(database, HEAD).first(AuditRow::read);
  }

  /** The number of the newest entry that is on its topic; 0 for none. */
  @Transactional(Transactional.TxType.MANDATORY)
  long sentUpTo() {
    return new Query(database, SENT_UP_TO).first(row -> row.getLong(1)).orElse(0L);
  }

  static byte[] hash(byte[] previous, Instant at, String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(previous);
      digest.update((at + "\n" + text).getBytes(StandardCharsets.UTF_8));
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}

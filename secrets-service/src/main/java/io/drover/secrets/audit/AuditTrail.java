package io.drover.secrets.audit;

import io.drover.contracts.audit.KeyAudited;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The audit rows. Each carries the hash of the one before, so that a row taken out or changed later
 * breaks the chain. Written within the caller's transaction: what is not audited did not happen.
 */
@ApplicationScoped
public class AuditTrail {
  /** Any number that nothing else in this database locks. */
  private static final long CHAIN_LOCK = 0x64726f766572L;

  private final EntityManager entities;
  private final InstantSource time;

  AuditTrail(EntityManager entities, InstantSource time) {
    this.entities = entities;
    this.time = time;
  }

  /** Appends an entry; entries of all processes form one chain. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void append(AuditEntry entry) {
    entities
        .createNativeQuery("select pg_advisory_xact_lock(:lock)", Object.class)
        .setParameter("lock", CHAIN_LOCK)
        .getSingleResult();
    byte[] previous = lastHash();
    Instant at = time.instant().truncatedTo(ChronoUnit.MICROS);
    AuditRow row = new AuditRow();
    row.at = at;
    row.action = entry.action();
    row.outcome = entry.outcome();
    row.keyId = entry.keyId().value();
    row.subject = entry.subject();
    row.generation = entry.generation();
    row.hostId = entry.hostId() == null ? null : entry.hostId().value();
    row.commandId = entry.commandId() == null ? null : entry.commandId().value();
    row.actor = entry.actor();
    row.previousHash = previous;
    row.hash = hash(previous, at, entry.hashed());
    entities.persist(row);
    entities.flush();
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
    if (!hasUnsent()) {
      return List.of(); // nothing is locked, so an idle service writes nothing
    }
    List<Long> cursor =
        entities
            .createNativeQuery(
                "select sent_up_to from {h-schema}audit_cursor for update skip locked", Long.class)
            .getResultList();
    if (cursor.isEmpty()) {
      return List.of();
    }
    return entities
        .createQuery("select a from AuditRow a where a.id > :sent order by a.id", AuditRow.class)
        .setParameter("sent", cursor.get(0))
        .setMaxResults(limit)
        .getResultStream()
        .map(row -> new Unsent(projectOf(row.keyId), row.generation, row.entry()))
        .toList();
  }

  private boolean hasUnsent() {
    return !entities
        .createNativeQuery(
            "select 1 from {h-schema}audit_cursor where sent_up_to"
                + " < (select max(id) from {h-schema}audit)",
            Integer.class)
        .getResultList()
        .isEmpty();
  }

  @Transactional(Transactional.TxType.MANDATORY)
  void sentUpTo(long number) {
    entities
        .createNativeQuery("update {h-schema}audit_cursor set sent_up_to = :number")
        .setParameter("number", number)
        .executeUpdate();
  }

  /** What happened with a key, the newest first. */
  @Transactional
  public List<KeyAudited> of(KeyId key, int limit) {
    return entities
        .createQuery(
            "select a from AuditRow a where a.keyId = :key order by a.id desc", AuditRow.class)
        .setParameter("key", key.value())
        .setMaxResults(limit)
        .getResultStream()
        .map(AuditRow::entry)
        .toList();
  }

  /** The entries behind this number, in order. */
  @Transactional(Transactional.TxType.MANDATORY)
  List<AuditRow> behind(long number, int limit) {
    return entities
        .createQuery("select a from AuditRow a where a.id > :number order by a.id", AuditRow.class)
        .setParameter("number", number)
        .setMaxResults(limit)
        .getResultList();
  }

  /** The newest entry; empty before the first. */
  @Transactional(Transactional.TxType.MANDATORY)
  Optional<AuditRow> head() {
    return entities
        .createQuery("select a from AuditRow a order by a.id desc", AuditRow.class)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  /** The number of the newest entry that is on its topic; 0 for none. */
  @Transactional(Transactional.TxType.MANDATORY)
  long sentUpTo() {
    List<Long> cursor =
        entities
            .createNativeQuery("select sent_up_to from {h-schema}audit_cursor", Long.class)
            .getResultList();
    return cursor.isEmpty() ? 0 : cursor.get(0);
  }

  private @Nullable ProjectId projectOf(UUID key) {
    List<UUID> project =
        entities
            .createNativeQuery(
                "select project_id from {h-schema}disk_key where key_id = :key", UUID.class)
            .setParameter("key", key)
            .getResultList();
    return project.isEmpty() ? null : new ProjectId(project.get(0));
  }

  private byte[] lastHash() {
    List<byte[]> last =
        entities
            .createQuery("select a.hash from AuditRow a order by a.id desc", byte[].class)
            .setMaxResults(1)
            .getResultList();
    return last.isEmpty() ? new byte[0] : last.get(0);
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

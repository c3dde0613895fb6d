package io.drover.secrets.audit;

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
        .createNativeQuery("SELECT pg_advisory_xact_lock(:lock)", Object.class)
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

  private byte[] lastHash() {
    List<byte[]> last =
        entities
            .createQuery("SELECT a.hash FROM AuditRow a ORDER BY a.id DESC", byte[].class)
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

package io.drover.secrets.key.store;

import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.KeyId;
import io.drover.secrets.key.Grants;
import io.drover.secrets.key.model.Grant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** Grants as rows of {@code secrets.key_grant}. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class JpaGrants implements Grants {
  private final EntityManager entities;
  private final InstantSource time;

  JpaGrants(EntityManager entities, InstantSource time) {
    this.entities = entities;
    this.time = time;
  }

  @Override
  public boolean grant(KeyId key, UUID subject, long generation, HostId host) {
    return entities
            .createNativeQuery(
                "insert into secrets.key_grant (key_id, subject, generation, host_id, granted_at)"
                    + " values (:key, :subject, :generation, :host, :at) on conflict do nothing")
            .setParameter("key", key.value())
            .setParameter("subject", subject)
            .setParameter("generation", generation)
            .setParameter("host", host.value())
            .setParameter("at", time.instant())
            .executeUpdate()
        > 0;
  }

  @Override
  public int revokeUpTo(UUID subject, long generation) {
    return entities
        .createQuery(
            "update GrantRow g set g.revokedAt = :at where g.subject = :subject"
                + " and g.generation <= :generation and g.revokedAt is null")
        .setParameter("at", time.instant())
        .setParameter("subject", subject)
        .setParameter("generation", generation)
        .executeUpdate();
  }

  @Override
  public int revokeUpTo(UUID subject, long generation, HostId host) {
    return entities
        .createQuery(
            "update GrantRow g set g.revokedAt = :at where g.subject = :subject"
                + " and g.generation <= :generation and g.revokedAt is null and g.hostId = :host")
        .setParameter("at", time.instant())
        .setParameter("subject", subject)
        .setParameter("generation", generation)
        .setParameter("host", host.value())
        .executeUpdate();
  }

  @Override
  public boolean wasGranted(KeyId key, UUID subject, long generation, HostId host) {
    GrantRow row =
        entities.find(GrantRow.class, new GrantRow.Key(key.value(), subject, generation));
    return row != null && row.hostId.equals(host.value());
  }

  @Override
  public boolean newerThan(UUID subject, long generation) {
    return entities
            .createQuery(
                "select count(g) from GrantRow g where g.subject = :subject"
                    + " and g.generation > :generation",
                Long.class)
            .setParameter("subject", subject)
            .setParameter("generation", generation)
            .getSingleResult()
        > 0;
  }

  @Override
  public Optional<Grant> findLocked(KeyId key, UUID subject, long generation) {
    GrantRow row =
        entities.find(
            GrantRow.class,
            new GrantRow.Key(key.value(), subject, generation),
            LockModeType.PESSIMISTIC_WRITE);
    return Optional.ofNullable(row).map(JpaGrants::grant);
  }

  @Override
  public void released(Grant grant, CommandId command) {
    GrantRow row =
        entities.find(
            GrantRow.class,
            new GrantRow.Key(grant.keyId().value(), grant.subject(), grant.generation()));
    row.releasedCommand = command.value();
    row.releasedAt = time.instant();
  }

  private static Grant grant(GrantRow row) {
    return new Grant(
        new KeyId(row.keyId),
        row.subject,
        row.generation,
        new HostId(row.hostId),
        row.revokedAt != null,
        Optional.ofNullable(row.releasedCommand).map(CommandId::new));
  }
}

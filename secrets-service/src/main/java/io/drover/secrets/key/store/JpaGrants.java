package io.drover.secrets.key.store;

import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.KeyId;
import io.drover.secrets.key.Grants;
import io.drover.secrets.key.model.Grant;
import io.drover.secrets.key.model.GrantSeal;
import io.drover.secrets.key.model.RootKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Grants as rows of {@code secrets.key_grant}. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class JpaGrants implements Grants {
  private final EntityManager entities;
  private final InstantSource time;
  private final GrantSeal sealing;

  JpaGrants(EntityManager entities, InstantSource time, RootKeys rootKeys) {
    this.entities = entities;
    this.time = time;
    this.sealing = new GrantSeal(rootKeys);
  }

  @Override
  public boolean grant(KeyId key, UUID subject, long generation, HostId host) {
    return entities
            .createNativeQuery(
                "insert into secrets.key_grant"
                    + " (key_id, subject, generation, host_id, granted_at, seal)"
                    + " values (:key, :subject, :generation, :host, :at, :seal)"
                    + " on conflict do nothing")
            .setParameter("key", key.value())
            .setParameter("subject", subject)
            .setParameter("generation", generation)
            .setParameter("host", host.value())
            .setParameter("at", time.instant())
            .setParameter(
                "seal",
                sealing.seal(
                    Grant.genuine(key, subject, generation, host, false, Optional.empty())))
            .executeUpdate()
        > 0;
  }

  @Override
  public int revokeUpTo(UUID subject, long generation) {
    List<GrantRow> rows = open(subject, generation);
    rows.forEach(this::revoke);
    return rows.size();
  }

  @Override
  public int revokeUpTo(UUID subject, long generation, HostId host) {
    List<GrantRow> rows =
        open(subject, generation).stream().filter(row -> row.hostId.equals(host.value())).toList();
    rows.forEach(this::revoke);
    return rows.size();
  }

  private List<GrantRow> open(UUID subject, long generation) {
    return entities
        .createQuery(
            "from GrantRow g where g.subject = :subject and g.generation <= :generation"
                + " and g.revokedAt is null order by g.generation, g.keyId",
            GrantRow.class)
        .setParameter("subject", subject)
        .setParameter("generation", generation)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }

  /** What was not genuine does not become so by its end. */
  private void revoke(GrantRow row) {
    boolean genuine = grant(row).genuine();
    row.revokedAt = time.instant();
    seal(row, genuine);
  }

  private void seal(GrantRow row, boolean genuine) {
    if (genuine) {
      row.seal = sealing.seal(grant(row));
    }
  }

  @Override
  public boolean wasGranted(KeyId key, UUID subject, long generation, HostId host) {
    GrantRow row =
        entities.find(GrantRow.class, new GrantRow.Key(key.value(), subject, generation));
    // A row of before there were seals counts here: it opens nothing.
    return row != null
        && row.hostId.equals(host.value())
        && (row.seal == null || grant(row).genuine());
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
    return Optional.ofNullable(row).map(this::grant);
  }

  @Override
  public void released(Grant grant, CommandId command) {
    GrantRow row =
        entities.find(
            GrantRow.class,
            new GrantRow.Key(grant.keyId().value(), grant.subject(), grant.generation()));
    row.releasedCommand = command.value();
    row.releasedAt = time.instant();
    seal(row, grant.genuine());
  }

  private Grant grant(GrantRow row) {
    Grant read =
        Grant.genuine(
            new KeyId(row.keyId),
            row.subject,
            row.generation,
            new HostId(row.hostId),
            row.revokedAt != null,
            Optional.ofNullable(row.releasedCommand).map(CommandId::new));
    return read.withGenuine(row.seal != null && sealing.fits(read, row.seal));
  }
}

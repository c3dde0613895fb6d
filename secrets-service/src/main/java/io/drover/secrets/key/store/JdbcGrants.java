package io.drover.secrets.key.store;

import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.sql.Query;
import io.drover.secrets.key.Grants;
import io.drover.secrets.key.model.Grant;
import io.drover.secrets.key.model.GrantSeal;
import io.drover.secrets.key.model.RootKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Grants as rows of {@code secrets.key_grant}. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class JdbcGrants implements Grants {
  private static final String GRANT =
      "insert into secrets.key_grant (key_id, subject, generation, host_id, granted_at, seal)"
          + " values (?, ?, ?, ?, ?, ?) on conflict do nothing";
  private static final String OPEN =
      "select * from secrets.key_grant where subject = ? and generation <= ?"
          + " and revoked_at is null order by generation, key_id for update";
  private static final String FIND =
      "select * from secrets.key_grant where key_id = ? and subject = ? and generation = ?";
  private static final String NEWER =
      "select 1 from secrets.key_grant where subject = ? and generation > ? limit 1";
  private static final String REVOKE =
      "update secrets.key_grant set revoked_at = ?, seal = ?"
          + " where key_id = ? and subject = ? and generation = ?";
  private static final String RELEASED =
      "update secrets.key_grant set released_command = ?, released_at = ?, seal = ?"
          + " where key_id = ? and subject = ? and generation = ?";

  private final DataSource database;
  private final InstantSource time;
  private final GrantSeal sealing;

  JdbcGrants(DataSource database, InstantSource time, RootKeys rootKeys) {
    this.database = database;
    this.time = time;
    this.sealing = new GrantSeal(rootKeys);
  }

  /** A grant with the seal that its row has; a row of before there were seals has none. */
  private record SealedGrant(Grant grant, byte @Nullable [] seal) {}

  @Override
  public boolean grant(KeyId key, UUID subject, long generation, HostId host) {
    Grant grant = Grant.genuine(key, subject, generation, host, false, Optional.empty());
    return new Query(
                database,
                GRANT,
                key.value(),
                subject,
                generation,
                host.value(),
                time.instant(),
                sealing.seal(grant))
            .run()
        > 0;
  }

  @Override
  public int revokeUpTo(UUID subject, long generation) {
    List<SealedGrant> open = open(subject, generation);
    open.forEach(this::revoke);
    return open.size();
  }

  @Override
  public int revokeUpTo(UUID subject, long generation, HostId host) {
    List<SealedGrant> open =
        open(subject, generation).stream()
            .filter(found -> found.grant().hostId().equals(host))
            .toList();
    open.forEach(this::revoke);
    return open.size();
  }

  private List<SealedGrant> open(UUID subject, long generation) {
    return new Query(database, OPEN, subject, generation).list(this::read);
  }

  /** What was not genuine does not become so by its end. */
  private void revoke(SealedGrant found) {
    Grant grant = found.grant();
    Grant revoked =
        new Grant(
            grant.keyId(),
            grant.subject(),
            grant.generation(),
            grant.hostId(),
            true,
            grant.releasedTo(),
            grant.genuine());
    new Query(
            database,
            REVOKE,
            time.instant(),
            sealOf(revoked, found.seal()),
            grant.keyId().value(),
            grant.subject(),
            grant.generation())
        .run();
  }

  private byte @Nullable [] sealOf(Grant changed, byte @Nullable [] before) {
    return changed.genuine() ? sealing.seal(changed) : before;
  }

  @Override
  public boolean wasGranted(KeyId key, UUID subject, long generation, HostId host) {
    // A row of before there were seals counts here: it opens nothing.
    return find(FIND, key, subject, generation)
        .filter(found -> found.grant().hostId().equals(host))
        .filter(found -> found.seal() == null || found.grant().genuine())
        .isPresent();
  }

  @Override
  public boolean newerThan(UUID subject, long generation) {
    return new Query(database, NEWER, subject, generation).first(row -> true).isPresent();
  }

  @Override
  public Optional<Grant> findLocked(KeyId key, UUID subject, long generation) {
    return find(FIND + " for update", key, subject, generation).map(SealedGrant::grant);
  }

  @Override
  public void released(Grant grant, CommandId command) {
    SealedGrant found =
        find(FIND, grant.keyId(), grant.subject(), grant.generation()).orElseThrow();
    Grant released =
        new Grant(
            grant.keyId(),
            grant.subject(),
            grant.generation(),
            found.grant().hostId(),
            found.grant().revoked(),
            Optional.of(command),
            grant.genuine());
    new Query(
            database,
            RELEASED,
            command.value(),
            time.instant(),
            sealOf(released, found.seal()),
            grant.keyId().value(),
            grant.subject(),
            grant.generation())
        .run();
  }

  private Optional<SealedGrant> find(String statement, KeyId key, UUID subject, long generation) {
    return new Query(database, statement, key.value(), subject, generation).first(this::read);
  }

  private SealedGrant read(ResultSet row) throws SQLException {
    Grant read =
        Grant.genuine(
            new KeyId(row.getObject("key_id", UUID.class)),
            row.getObject("subject", UUID.class),
            row.getLong("generation"),
            new HostId(row.getObject("host_id", UUID.class)),
            row.getObject("revoked_at") != null,
            Optional.ofNullable(row.getObject("released_command", UUID.class)).map(CommandId::new));
    byte[] seal = row.getBytes("seal");
    return new SealedGrant(read.withGenuine(seal != null && sealing.fits(read, seal)), seal);
  }
}

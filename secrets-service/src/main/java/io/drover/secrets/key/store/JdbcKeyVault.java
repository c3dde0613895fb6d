package io.drover.secrets.key.store;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.sql.Query;
import io.drover.secrets.key.KeyVault;
import io.drover.secrets.key.model.KeyMaterial;
import io.drover.secrets.key.model.KeySealing;
import io.drover.secrets.key.model.RootKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** The vault as rows of {@code secrets.disk_key} and its parents. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class JdbcKeyVault implements KeyVault {
  private static final String EXISTS = "select 1 from secrets.disk_key where key_id = ?";
  private static final String CREATE =
      "insert into secrets.disk_key (key_id, project_id, volume_id, sealed, created_at)"
          + " values (?, ?, ?, ?, ?)";
  private static final String PROJECT_OF =
      "select project_id from secrets.disk_key where key_id = ? and destroyed_at is null";
  private static final String KEY_OF = "select key_id from secrets.disk_key where volume_id = ?";
  private static final String SEALED =
      "select project_id, sealed from secrets.disk_key where key_id = ? and destroyed_at is null";
  private static final String DESTROY =
      "update secrets.disk_key set sealed = null, destroyed_at = ?"
          + " where key_id = ? and destroyed_at is null";
  private static final String PROJECT_KEYS = "select * from secrets.project_key where ";
  private static final String ADD_PROJECT_KEY =
      "insert into secrets.project_key (root_version, sealed, created_at, project_id)"
          + " values (?, ?, ?, ?)";
  private static final String SEAL_PROJECT_KEY =
      "update secrets.project_key set root_version = ?, sealed = ? where project_id = ?";
  private static final String CHECKS = "select version, sealed from secrets.root_key_check";
  private static final String ADD_CHECK =
      "insert into secrets.root_key_check (version, sealed, created_at) values (?, ?, ?)";

  private final DataSource database;
  private final KeySealing sealing;
  private final RootKeys rootKeys;
  private final SecureRandom random;
  private final InstantSource time;

  JdbcKeyVault(
      DataSource database,
      KeySealing sealing,
      RootKeys rootKeys,
      SecureRandom random,
      InstantSource time) {
    this.database = database;
    this.sealing = sealing;
    this.rootKeys = rootKeys;
    this.random = random;
    this.time = time;
  }

  private record SealedProjectKey(UUID project, int rootVersion, byte[] sealed) {}

  private record SealedDiskKey(UUID key, UUID project, byte[] sealed) {}

  private record RootKeyCheck(int version, byte[] sealed) {}

  @Override
  public boolean create(KeyId id, ProjectId project, UUID volume) {
    if (new Query(database, EXISTS, id.value()).first(row -> true).isPresent()) {
      return false;
    }
    try (KeyMaterial projectKey = requireProjectKey(project.value());
        KeyMaterial key = KeyMaterial.random(random)) {
      byte[] sealed = sealing.seal(projectKey, key, diskKeyPurpose(id.value(), project.value()));
      new Query(database, CREATE, id.value(), project.value(), volume, sealed, time.instant())
          .run();
    }
    return true;
  }

  @Override
  public Optional<ProjectId> projectOf(KeyId id) {
    return new Query(database, PROJECT_OF, id.value())
        .first(row -> new ProjectId(row.getObject("project_id", UUID.class)));
  }

  @Override
  public Optional<KeyId> keyOf(UUID volume) {
    return new Query(database, KEY_OF, volume)
        .first(row -> new KeyId(row.getObject("key_id", UUID.class)));
  }

  @Override
  public Optional<KeyMaterial> open(KeyId id) {
    return new Query(database, SEALED, id.value())
        .first(
            row ->
                new SealedDiskKey(
                    id.value(), row.getObject("project_id", UUID.class), row.getBytes("sealed")))
        .map(this::open);
  }

  @Override
  public boolean destroy(KeyId id) {
    return new Query(database, DESTROY, time.instant(), id.value()).run() > 0;
  }

  @Override
  public int adoptRootKeys() {
    checkRootKeys();
    int current = rootKeys.currentVersion();
    List<SealedProjectKey> old = projectKeys("root_version <> ? for update", current);
    for (SealedProjectKey found : old) {
      try (KeyMaterial key = openProjectKey(found)) {
        byte[] sealed = sealProjectKey(found.project(), key);
        new Query(database, SEAL_PROJECT_KEY, current, sealed, found.project()).run();
      }
    }
    return old.size();
  }

  private void checkRootKeys() {
    List<RootKeyCheck> checks =
        new Query(database, CHECKS)
            .list(row -> new RootKeyCheck(row.getInt("version"), row.getBytes("sealed")));
    for (RootKeyCheck check : checks) {
      rootKeys.find(check.version()).ifPresent(key -> requireOpens(check, key));
    }
    int current = rootKeys.currentVersion();
    if (checks.stream().noneMatch(check -> check.version() == current)) {
      try (KeyMaterial anything = KeyMaterial.random(random)) {
        byte[] sealed = sealing.seal(rootKeys.current(), anything, checkPurpose(current));
        new Query(database, ADD_CHECK, current, sealed, time.instant()).run();
      }
    }
  }

  private void requireOpens(RootKeyCheck check, KeyMaterial key) {
    try {
      sealing.open(key, check.sealed(), checkPurpose(check.version())).close();
    } catch (KeySealing.BrokenSealException e) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "The root key given as version "
              + check.version()
              + " is not the one that this database was sealed with; give that one, and a new key"
              + " under a higher version.",
          e);
    }
  }

  private KeyMaterial requireProjectKey(UUID project) {
    Optional<SealedProjectKey> found = projectKey(project);
    if (found.isPresent()) {
      return openProjectKey(found.get());
    }
    KeyMaterial key = KeyMaterial.random(random);
    byte[] sealed = sealProjectKey(project, key);
    new Query(database, ADD_PROJECT_KEY, rootKeys.currentVersion(), sealed, time.instant(), project)
        .run();
    return key;
  }

  private Optional<SealedProjectKey> projectKey(UUID project) {
    return projectKeys("project_id = ?", project).stream().findFirst();
  }

  private List<SealedProjectKey> projectKeys(String which, Object parameter) {
    return new Query(database, PROJECT_KEYS + which, parameter)
        .list(
            row ->
                new SealedProjectKey(
                    row.getObject("project_id", UUID.class),
                    row.getInt("root_version"),
                    row.getBytes("sealed")));
  }

  private byte[] sealProjectKey(UUID project, KeyMaterial key) {
    return sealing.seal(
        rootKeys.current(), key, projectKeyPurpose(project, rootKeys.currentVersion()));
  }

  private KeyMaterial openProjectKey(SealedProjectKey found) {
    KeyMaterial root =
        rootKeys
            .find(found.rootVersion())
            .orElseThrow(
                () ->
                    new ProblemException(
                        ErrorCode.UNAVAILABLE,
                        "Version "
                            + found.rootVersion()
                            + " of the root key is needed and was not given; add its line again."));
    return sealing.open(
        root, found.sealed(), projectKeyPurpose(found.project(), found.rootVersion()));
  }

  private KeyMaterial open(SealedDiskKey found) {
    try (KeyMaterial projectKey = openProjectKey(projectKey(found.project()).orElseThrow())) {
      return sealing.open(projectKey, found.sealed(), diskKeyPurpose(found.key(), found.project()));
    }
  }

  private static byte[] diskKeyPurpose(UUID key, UUID project) {
    return purpose("disk-key:" + key + ":" + project);
  }

  private static byte[] projectKeyPurpose(UUID project, int rootVersion) {
    return purpose("project-key:" + project + ":" + rootVersion);
  }

  private static byte[] checkPurpose(int version) {
    return purpose("root-key-check:" + version);
  }

  private static byte[] purpose(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

package io.drover.secrets.key.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.ProjectId;
import io.drover.secrets.key.KeyVault;
import io.drover.secrets.key.model.KeyMaterial;
import io.drover.secrets.key.model.KeySealing;
import io.drover.secrets.key.model.RootKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The vault as rows of {@code secrets.disk_key} and its parents. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class JpaKeyVault implements KeyVault {
  private final EntityManager entities;
  private final KeySealing sealing;
  private final RootKeys rootKeys;
  private final SecureRandom random;
  private final InstantSource time;

  JpaKeyVault(
      EntityManager entities,
      KeySealing sealing,
      RootKeys rootKeys,
      SecureRandom random,
      InstantSource time) {
    this.entities = entities;
    this.sealing = sealing;
    this.rootKeys = rootKeys;
    this.random = random;
    this.time = time;
  }

  @Override
  public boolean create(KeyId id, ProjectId project, UUID volume) {
    if (entities.find(DiskKeyRow.class, id.value()) != null) {
      return false;
    }
    try (KeyMaterial projectKey = requireProjectKey(project.value());
        KeyMaterial key = KeyMaterial.random(random)) {
      DiskKeyRow row = new DiskKeyRow();
      row.keyId = id.value();
      row.projectId = project.value();
      row.volumeId = volume;
      row.sealed = sealing.seal(projectKey, key, diskKeyPurpose(id.value(), project.value()));
      row.createdAt = time.instant();
      entities.persist(row);
    }
    return true;
  }

  @Override
  public Optional<ProjectId> projectOf(KeyId id) {
    return usable(entities.find(DiskKeyRow.class, id.value()))
        .map(row -> new ProjectId(row.projectId));
  }

  @Override
  public Optional<KeyId> keyOf(UUID volume) {
    List<UUID> keys =
        entities
            .createQuery("select k.keyId from DiskKeyRow k where k.volumeId = :volume", UUID.class)
            .setParameter("volume", volume)
            .getResultList();
    return keys.stream().findFirst().map(KeyId::new);
  }

  @Override
  public Optional<KeyMaterial> open(KeyId id) {
    return usable(entities.find(DiskKeyRow.class, id.value())).map(this::open);
  }

  @Override
  public boolean destroy(KeyId id) {
    Optional<DiskKeyRow> row = usable(entities.find(DiskKeyRow.class, id.value()));
    row.ifPresent(
        found -> {
          found.sealed = null;
          found.destroyedAt = time.instant();
        });
    return row.isPresent();
  }

  @Override
  public int adoptRootKeys() {
    checkRootKeys();
    List<ProjectKeyRow> old =
        entities
            .createQuery(
                "from ProjectKeyRow p where p.rootVersion <> :current", ProjectKeyRow.class)
            .setParameter("current", rootKeys.currentVersion())
            .getResultList();
    for (ProjectKeyRow row : old) {
      try (KeyMaterial key = openProjectKey(row)) {
        sealProjectKey(row, key);
      }
    }
    return old.size();
  }

  private void checkRootKeys() {
    for (RootKeyCheckRow row :
        entities.createQuery("from RootKeyCheckRow", RootKeyCheckRow.class).getResultList()) {
      rootKeys.find(row.version).ifPresent(key -> requireOpens(row, key));
    }
    int current = rootKeys.currentVersion();
    if (entities.find(RootKeyCheckRow.class, current) == null) {
      RootKeyCheckRow row = new RootKeyCheckRow();
      row.version = current;
      row.createdAt = time.instant();
      try (KeyMaterial anything = KeyMaterial.random(random)) {
        row.sealed = sealing.seal(rootKeys.current(), anything, checkPurpose(current));
      }
      entities.persist(row);
      entities.flush();
    }
  }

  private void requireOpens(RootKeyCheckRow row, KeyMaterial key) {
    try {
      sealing.open(key, row.sealed, checkPurpose(row.version)).close();
    } catch (KeySealing.BrokenSealException e) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "The root key given as version "
              + row.version
              + " is not the one that this database was sealed with; give that one, and a new key"
              + " under a higher version.",
          e);
    }
  }

  private KeyMaterial requireProjectKey(UUID project) {
    ProjectKeyRow found = entities.find(ProjectKeyRow.class, project);
    if (found != null) {
      return openProjectKey(found);
    }
    KeyMaterial key = KeyMaterial.random(random);
    ProjectKeyRow row = new ProjectKeyRow();
    row.projectId = project;
    row.createdAt = time.instant();
    sealProjectKey(row, key);
    entities.persist(row);
    return key;
  }

  private void sealProjectKey(ProjectKeyRow row, KeyMaterial key) {
    int version = rootKeys.currentVersion();
    row.rootVersion = version;
    row.sealed = sealing.seal(rootKeys.current(), key, projectKeyPurpose(row.projectId, version));
  }

  private KeyMaterial openProjectKey(ProjectKeyRow row) {
    KeyMaterial root =
        rootKeys
            .find(row.rootVersion)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ErrorCode.UNAVAILABLE,
                        "Version "
                            + row.rootVersion
                            + " of the root key is needed and was not given; add its line again."));
    return sealing.open(root, row.sealed, projectKeyPurpose(row.projectId, row.rootVersion));
  }

  private KeyMaterial open(DiskKeyRow row) {
    ProjectKeyRow project = entities.find(ProjectKeyRow.class, row.projectId);
    try (KeyMaterial projectKey = openProjectKey(project)) {
      return sealing.open(projectKey, row.sealed, diskKeyPurpose(row.keyId, row.projectId));
    }
  }

  private static Optional<DiskKeyRow> usable(@Nullable DiskKeyRow row) {
    return Optional.ofNullable(row).filter(found -> found.destroyedAt == null);
  }

  private static byte[] diskKeyPurpose(UUID key, UUID project) {
    return ("disk-key:" + key + ":" + project).getBytes(UTF_8);
  }

  private static byte[] projectKeyPurpose(UUID project, int rootVersion) {
    return ("project-key:" + project + ":" + rootVersion).getBytes(UTF_8);
  }

  private static byte[] checkPurpose(int version) {
    return ("root-key-check:" + version).getBytes(UTF_8);
  }
}

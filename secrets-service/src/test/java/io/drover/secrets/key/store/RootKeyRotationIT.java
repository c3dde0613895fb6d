package io.drover.secrets.key.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.sql.Query;
import io.drover.secrets.SuiteParts;
import io.drover.secrets.key.model.KeyMaterial;
import io.drover.secrets.key.model.KeySealing;
import io.drover.secrets.key.model.RootKeys;
import io.quarkus.test.TestTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Starts under other root keys than before, each in a transaction that is taken back. */
@QuarkusTest
@QuarkusTestResource(SuiteParts.class)
@QuarkusTestResource(OidcWiremockTestResource.class)
class RootKeyRotationIT {
  /** The one that the service itself was started with. */
  private static final String FIRST = "1:" + Base64.getEncoder().encodeToString(new byte[32]);

  private final SecureRandom random = new SecureRandom();
  private final String second = "2:" + newKey();
  private final KeyId key = new KeyId(UUID.randomUUID());
  private final ProjectId project = new ProjectId(UUID.randomUUID());

  @Inject DataSource database;

  private String newKey() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private JdbcKeyVault startedWith(String... lines) {
    return new JdbcKeyVault(
        database,
        new KeySealing(random),
        RootKeys.parse(String.join("\n", lines)),
        random,
        InstantSource.system());
  }

  private byte[] passphrase(JdbcKeyVault vault) {
    try (KeyMaterial material = vault.open(key).orElseThrow()) {
      return material.passphrase();
    }
  }

  @Test
  @TestTransaction
  void aNewRootKeyTakesOverSoThatTheOldOneIsNotNeededAnyMore() {
    JdbcKeyVault before = startedWith(FIRST);
    before.create(key, project, UUID.randomUUID());
    byte[] made = passphrase(before);
    JdbcKeyVault rotated = startedWith(FIRST, second);
    assertThat(rotated.adoptRootKeys()).isPositive();
    assertThat(passphrase(rotated)).isEqualTo(made);
    JdbcKeyVault after = startedWith(second);
    assertThat(after.adoptRootKeys()).isZero();
    assertThat(passphrase(after)).isEqualTo(made);
    assertThatThrownBy(() -> passphrase(before))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("Version 2 of the root key is needed");
  }

  @Test
  @TestTransaction
  void aRootKeyThatTheDataWasNotSealedWithIsRefusedWithoutBeingShown() {
    String wrong = newKey();
    assertThatThrownBy(() -> startedWith("1:" + wrong).adoptRootKeys())
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("is not the one that this database was sealed with")
        .hasMessageNotContaining(wrong);
  }

  @Test
  @TestTransaction
  void theOldRootKeyIsNeededUntilItsProjectsAreSealedAnew() {
    startedWith(FIRST).create(key, project, UUID.randomUUID());
    assertThatThrownBy(() -> startedWith(second).adoptRootKeys())
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("add its line again");
  }

  @Test
  @TestTransaction
  void eachProjectHasAKeyOfItsOwnAndARowMovedToAnotherPlaceDoesNotOpen() {
    JdbcKeyVault vault = startedWith(FIRST);
    KeyId foreign = new KeyId(UUID.randomUUID());
    vault.create(key, project, UUID.randomUUID());
    vault.create(foreign, new ProjectId(UUID.randomUUID()), UUID.randomUUID());
    new Query(
            database,
            "update secrets.disk_key set sealed ="
                + " (select sealed from secrets.disk_key where key_id = ?) where key_id = ?",
            foreign.value(),
            key.value())
        .run();
    assertThatThrownBy(() -> passphrase(vault)).isInstanceOf(KeySealing.BrokenSealException.class);
  }
}

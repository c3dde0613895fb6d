package io.drover.secrets.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.drover.contracts.event.VolumePlaced;
import io.drover.contracts.id.HostId;
import io.drover.secrets.SuiteParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody else holds what a release or a grant needs in the database. */
@QuarkusTest
@QuarkusTestResource(SuiteParts.class)
@QuarkusTestResource(OidcWiremockTestResource.class)
class BusyDatabaseIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** After as many failures of its own an event is a dead letter. */
  private static final int ATTEMPTS = 3;

  private final HostId host = new HostId(UUID.randomUUID());
  private final UUID volume = UUID.randomUUID();
  private final UUID command = UUID.randomUUID();

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrap;

  @Inject DataSource database;
  private KeyTraffic traffic;

  @BeforeEach
  void connect() {
    traffic = new KeyTraffic(bootstrap);
  }

  @AfterEach
  void disconnect() {
    traffic.close();
  }

  private int count(String from) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + from)) {
      rows.next();
      return rows.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String releases() {
    return "secrets.audit WHERE action = 'release' AND outcome = 'done' AND key_id = '"
        + traffic.key()
        + "'";
  }

  private void placed() {
    traffic.send(volume, 1, new VolumePlaced(host, "a", traffic.key()));
  }

  @Test
  void aReleaseThatCannotBeAuditedGivesNoKeyAndIsAnsweredInTime() throws Exception {
    placed();
    await()
        .atMost(PATIENCE)
        .until(() -> count("secrets.key_grant WHERE key_id = '" + traffic.key() + "'") == 1);
    try (Connection other = database.getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE secrets.audit IN EXCLUSIVE MODE");
      traffic
          .release(host, volume, 1, command)
          .statusCode(503)
          .body("code", equalTo("UNAVAILABLE"))
          .body("$", not(hasKey("key")));
      other.rollback();
      other.setAutoCommit(true);
    }
    assertThat(count(releases())).isZero();
    assertThat(
            count(
                "secrets.key_grant WHERE released_command IS NOT NULL AND key_id = '"
                    + traffic.key()
                    + "'"))
        .as("the release went with its audit row")
        .isZero();
    traffic.release(host, volume, 1, command).statusCode(200);
    assertThat(count(releases())).isEqualTo(1);
  }

  @Test
  void anEventWaitsForTheDatabaseAndIsAppliedOnceItAnswers() throws Exception {
    try (Connection other = database.getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE secrets.audit IN EXCLUSIVE MODE");
      placed();
      await().atMost(PATIENCE).until(() -> count("pg_locks WHERE NOT granted") > 0);
      await().atMost(PATIENCE).until(() -> count("pg_locks WHERE NOT granted") == 0);
      other.rollback();
      other.setAutoCommit(true);
    }
    traffic.release(host, volume, 1, command).statusCode(200);
  }

  /** As after a fail-over: each write fails with SQLSTATE 25006. */
  @Test
  void anEventWaitsWhileTheDatabaseIsAStandbyAndIsAppliedAfterwards() throws Exception {
    String rollbacks =
        "(SELECT generate_series(1, xact_rollback) FROM pg_stat_database WHERE datname = current_database()) r";
    standBy(true);
    try {
      int before = count(rollbacks);
      placed();
      await().atMost(PATIENCE).until(() -> count(rollbacks) > before + ATTEMPTS);
    } finally {
      standBy(false);
    }
    traffic.release(host, volume, 1, command).statusCode(200);
  }

  private void standBy(boolean standby) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "ALTER SYSTEM SET default_transaction_read_only = " + (standby ? "on" : "off"));
      statement.execute("SELECT pg_reload_conf()");
    }
  }
}

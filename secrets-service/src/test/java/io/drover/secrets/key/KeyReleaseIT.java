package io.drover.secrets.key;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.drover.contracts.command.Resources;
import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.OperationForwarded;
import io.drover.contracts.event.OperationSucceeded;
import io.drover.contracts.event.StopReason;
import io.drover.contracts.event.VolumeCreated;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.event.VolumePlaced;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.operation.DiskAttached;
import io.drover.secrets.SuiteParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a real Kafka and a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(SuiteParts.class)
@QuarkusTestResource(OidcWiremockTestResource.class)
class KeyReleaseIT {
  private static final HostId HOST = new HostId(UUID.randomUUID());
  private static final HostId OTHER_HOST = new HostId(UUID.randomUUID());

  private final UUID volume = UUID.randomUUID();
  private final UUID domain = UUID.randomUUID();
  private final UUID command = UUID.randomUUID();

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrap;

  @Inject DataSource database;
  private KeyTraffic traffic;
  private KeyId key;

  @BeforeEach
  void connect() {
    traffic = new KeyTraffic(bootstrap);
    key = traffic.key();
  }

  @AfterEach
  void disconnect() {
    traffic.close();
  }

  @Test
  void theHostOfTheVolumeGetsAKeyThatNobodyTyped() {
    traffic.send(volume, 1, new VolumePlaced(HOST, "a", key));

    String passphrase = KeyTraffic.keyOf(traffic.release(HOST, volume, 1, command).statusCode(200));
    assertThat(Base64.getDecoder().decode(passphrase)).hasSize(32);
    assertThat(KeyTraffic.keyOf(traffic.release(HOST, volume, 1, command).statusCode(200)))
        .isEqualTo(passphrase);
    traffic
        .release(HOST, volume, 1, UUID.randomUUID())
        .statusCode(409)
        .contentType("application/problem+json")
        .body("code", equalTo("ALREADY_RELEASED"));
    traffic
        .release(OTHER_HOST, volume, 1, command)
        .statusCode(403)
        .body("code", equalTo("NO_GRANT"));
  }

  @Test
  void aReleaseWaitsForTheGrantThatIsOnItsWay() throws Exception {
    CompletableFuture<Integer> early =
        CompletableFuture.supplyAsync(
            () -> traffic.release(HOST, volume, 1, command).extract().statusCode());
    traffic.send(volume, 1, new VolumePlaced(HOST, "a", key));
    assertThat(early.get()).isEqualTo(200);
  }

  @Test
  void theSameKeyComesBackForEachLaterClaimOfTheDomainAndForNoEarlierOne() {
    traffic.send(volume, 1, new VolumePlaced(HOST, "a", key));
    String made = KeyTraffic.keyOf(traffic.release(HOST, volume, 1, command).statusCode(200));
    traffic.send(volume, 1, new VolumeCreated(HOST, 1024));

    traffic.send(domain, 1, placed(OTHER_HOST));
    assertThat(KeyTraffic.keyOf(traffic.release(OTHER_HOST, domain, 1, command).statusCode(200)))
        .isEqualTo(made);
    traffic.send(domain, 2, placed(HOST));
    assertThat(KeyTraffic.keyOf(traffic.release(HOST, domain, 2, command).statusCode(200)))
        .isEqualTo(made);
    traffic
        .release(OTHER_HOST, domain, 1, command)
        .statusCode(403)
        .body("code", equalTo("NO_GRANT"));
    traffic.release(HOST, volume, 1, command).statusCode(403);

    traffic.send(domain, 2, new DomainStopped(HOST, StopReason.SHUTDOWN, ""));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> traffic.release(HOST, domain, 2, command).statusCode(403));
    traffic.send(domain, 1, placed(OTHER_HOST));
    traffic.release(OTHER_HOST, domain, 1, command).statusCode(403);
  }

  @Test
  void theKeyOfAVolumeThatIsAttachedIsItsHostsUntilTheOperationEnds() {
    traffic.send(volume, 1, new VolumePlaced(HOST, "a", key));
    String made = KeyTraffic.keyOf(traffic.release(HOST, volume, 1, command).statusCode(200));
    OperationId attach = new OperationId(UUID.randomUUID());
    traffic.send(
        KeyTraffic.SCHEDULER, domain, 3, attach, new OperationForwarded(HOST, List.of(key)));

    assertThat(KeyTraffic.keyOf(traffic.release(HOST, attach.value(), 3, command).statusCode(200)))
        .isEqualTo(made);
    traffic.release(OTHER_HOST, attach.value(), 3, command).statusCode(403);
    traffic
        .release(HOST, attach.value(), 3, UUID.randomUUID())
        .statusCode(409)
        .body("code", equalTo("ALREADY_RELEASED"));

    traffic.send(
        KeyTraffic.agentOf(HOST),
        domain,
        3,
        attach,
        new OperationSucceeded("attach-disk", new DiskAttached("vdb", "virtio-disk1")));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> traffic.release(HOST, attach.value(), 3, command).statusCode(403));
  }

  @Test
  void aHostCannotGrantItselfAKeyByAnOperation() {
    traffic.send(volume, 1, new VolumePlaced(HOST, "a", key));
    KeyTraffic.keyOf(traffic.release(HOST, volume, 1, command).statusCode(200));
    OperationId made = new OperationId(UUID.randomUUID());
    traffic.send(
        KeyTraffic.agentOf(OTHER_HOST),
        domain,
        1,
        made,
        new OperationForwarded(OTHER_HOST, List.of(key)));
    traffic
        .release(OTHER_HOST, made.value(), 1, command)
        .statusCode(403)
        .body("code", equalTo("NO_GRANT"));
  }

  @Test
  void aKeyOfAnotherProjectIsNeverGranted() {
    traffic.send(volume, 1, new VolumePlaced(HOST, "a", key));
    KeyTraffic.keyOf(traffic.release(HOST, volume, 1, command).statusCode(200));

    traffic.send(KeyTraffic.SCHEDULER, domain, 1, new ProjectId(UUID.randomUUID()), placed(HOST));
    traffic.release(HOST, domain, 1, command).statusCode(403).body("code", equalTo("NO_GRANT"));
  }

  @Test
  void theKeyGoesWithItsVolume() {
    traffic.send(volume, 1, new VolumePlaced(HOST, "a", key));
    KeyTraffic.keyOf(traffic.release(HOST, volume, 1, command).statusCode(200));
    traffic.send(volume, 1, new VolumeDeleted());
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> traffic.release(HOST, volume, 1, command).statusCode(403));
  }

  @Test
  void onlyAHostWithATokenMayAsk() {
    given()
        .contentType("application/json")
        .body(KeyTraffic.body(volume, 1, command))
        .post("/v1/keys/" + key + "/release")
        .then()
        .statusCode(401);
    given()
        .auth()
        .oauth2(KeyTraffic.token(Set.of("operator"), HOST))
        .contentType("application/json")
        .body(KeyTraffic.body(volume, 1, command))
        .post("/v1/keys/" + key + "/release")
        .then()
        .statusCode(403);
  }

  @Test
  void badRequestsNameWhatIsWrong() {
    traffic.release("{\"subject\":\"x\",\"generation\":1}", HOST).statusCode(400);
    traffic
        .release(KeyTraffic.body(volume, 1, command).replace(volume.toString(), "web"), HOST)
        .statusCode(400)
        .body("detail", containsString("subject id \"web\""));
    traffic
        .release(KeyTraffic.body(volume, 0, command), HOST)
        .statusCode(400)
        .body("code", equalTo("INVALID_REQUEST"));
    traffic.release("not json", HOST).statusCode(400);
  }

  @Test
  void whatCannotBeReadIsADeadLetterAndTheNextEventIsServed() throws Exception {
    traffic.sendRaw("garbage".getBytes(StandardCharsets.UTF_8));
    traffic.send(volume, 1, new VolumePlaced(HOST, "a", key));

    traffic.release(HOST, volume, 1, command).statusCode(200);
    traffic.awaitDeadLetter(letter -> "garbage".equals(KeyTraffic.text(letter)));
  }

  @Test
  void theDatabaseNeverHoldsTheKeyAndTheAuditIsAChain() throws Exception {
    traffic.send(volume, 1, new VolumePlaced(HOST, "a", key));
    String passphrase = KeyTraffic.keyOf(traffic.release(HOST, volume, 1, command).statusCode(200));
    byte[] raw = Base64.getDecoder().decode(passphrase);

    try (Connection connection = database.getConnection();
        var statement = connection.createStatement()) {
      for (String table : List.of("disk_key", "project_key", "key_grant", "audit")) {
        var rows = statement.executeQuery("SELECT t::text FROM secrets." + table + " t");
        while (rows.next()) {
          assertThat(rows.getString(1))
              .doesNotContain(passphrase)
              .doesNotContain(java.util.HexFormat.of().formatHex(raw));
        }
      }
      var broken =
          statement.executeQuery(
              "SELECT count(*) FROM secrets.audit a JOIN secrets.audit b ON b.id ="
                  + " (SELECT min(id) FROM secrets.audit c WHERE c.id > a.id)"
                  + " WHERE b.previous_hash <> a.hash");
      broken.next();
      assertThat(broken.getInt(1)).isZero();
      var released =
          statement.executeQuery(
              "SELECT count(*) FROM secrets.audit WHERE action = 'release' AND outcome = 'done'"
                  + " AND key_id = '"
                  + key
                  + "'");
      released.next();
      assertThat(released.getInt(1)).isEqualTo(1);
    }
  }

  @Test
  void theAuditGoesToItsTopicAndToOperatorsWithoutTheKey() {
    traffic.send(volume, 1, new VolumePlaced(HOST, "a", key));
    String passphrase = KeyTraffic.keyOf(traffic.release(HOST, volume, 1, command).statusCode(200));
    List<String> told = traffic.audited(3);
    assertThat(told).noneMatch(entry -> entry.contains(passphrase));
    assertThat(told.get(0)).contains("\"action\":\"create\"");
    assertThat(told.get(1)).contains("\"action\":\"grant\"");
    assertThat(told.get(2)).contains("\"action\":\"release\"").contains(command.toString());
    given()
        .auth()
        .oauth2(KeyTraffic.token(Set.of("operator"), HOST))
        .get("/v1/keys/" + key + "/audit")
        .then()
        .statusCode(200)
        .body("action", equalTo(List.of("release", "grant", "create")));
    given()
        .auth()
        .oauth2(KeyTraffic.token(Set.of("host"), HOST))
        .get("/v1/keys/" + key + "/audit")
        .then()
        .statusCode(403);
  }

  /** By somebody who can write the schema and has no root key. */
  @Test
  void aGrantThatWasPutIntoTheDatabaseReleasesNothingAndIsAudited() throws Exception {
    traffic.send(volume, 1, new VolumePlaced(HOST, "a", key));
    traffic.release(HOST, volume, 1, command).statusCode(200);
    sql(
        "INSERT INTO secrets.key_grant (key_id, subject, generation, host_id, granted_at, seal)"
            + " SELECT key_id, '%s', 1, '%s', now(), seal FROM secrets.key_grant WHERE key_id = '%s'"
                .formatted(domain, OTHER_HOST, key));
    traffic
        .release(OTHER_HOST, domain, 1, command)
        .statusCode(403)
        .body("code", equalTo("NO_GRANT"));
    sql(
        "UPDATE secrets.key_grant SET released_command = NULL, host_id = '%s' WHERE subject = '%s'"
            .formatted(OTHER_HOST, volume));
    traffic.release(OTHER_HOST, volume, 1, command).statusCode(403);
    operator("/v1/keys/" + key + "/audit")
        .body(
            "outcome",
            equalTo(List.of("refuse_forged_grant", "refuse_forged_grant", "done", "done", "done")));
  }

  @Test
  void aChangedEntryOfTheAuditBreaksTheChainWhereItIs() throws Exception {
    traffic.send(volume, 1, new VolumePlaced(HOST, "a", key));
    traffic.release(HOST, volume, 1, command).statusCode(200);
    traffic.audited(3);
    ValidatableResponse before = operator("/v1/audit/verification");
    before.body("intact", equalTo(true)).body("broken", nullValue());
    long number = ((Number) before.extract().path("head.number")).longValue();
    String hash = before.extract().path("head.hash");
    assertThat(hash).hasSize(64);

    String kept = "/v1/audit/verification?number=" + number + "&hash=";
    operator(kept + hash).body("intact", equalTo(true));
    operator(kept + "0".repeat(64)).body("broken.number", equalTo((int) number));
    operator(kept + "short").statusCode(400);

    sql("UPDATE secrets.audit SET outcome = 'kept' WHERE id = " + number);
    operator("/v1/audit/verification")
        .body("intact", equalTo(false))
        .body("broken.number", equalTo((int) number))
        .body("broken.detail", containsString("was changed"));
    sql("UPDATE secrets.audit SET outcome = 'done' WHERE id = " + number);
    operator("/v1/audit/verification").body("intact", equalTo(true));

    sql("CREATE TABLE secrets.taken AS SELECT * FROM secrets.audit WHERE id >= " + (number - 1));
    sql("DELETE FROM secrets.audit WHERE id = " + (number - 1));
    operator("/v1/audit/verification")
        .body("broken.number", equalTo((int) number))
        .body("broken.detail", containsString("does not follow"));
    sql("DELETE FROM secrets.audit WHERE id = " + number);
    operator("/v1/audit/verification")
        .body("broken.number", equalTo((int) number))
        .body("broken.detail", containsString("does not exist any more"));
    sql("INSERT INTO secrets.audit OVERRIDING SYSTEM VALUE SELECT * FROM secrets.taken");
    sql("DROP TABLE secrets.taken");
    operator("/v1/audit/verification").body("intact", equalTo(true));
    given()
        .auth()
        .oauth2(KeyTraffic.token(Set.of("host"), HOST))
        .get("/v1/audit/verification")
        .then()
        .statusCode(403);
  }

  private static ValidatableResponse operator(String path) {
    return given().auth().oauth2(KeyTraffic.token(Set.of("operator"), HOST)).get(path).then();
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement plain = connection.createStatement()) {
      plain.executeUpdate(statement);
    }
  }

  private DomainPlaced placed(HostId host) {
    return new DomainPlaced(
        host, "a", URI.create("http://127.0.0.1"), new Resources(1, 64), List.of(key));
  }
}

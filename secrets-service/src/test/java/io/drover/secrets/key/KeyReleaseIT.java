package io.drover.secrets.key;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.drover.contracts.command.Resources;
import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.StopReason;
import io.drover.contracts.event.VolumeCreated;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.event.VolumePlaced;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.ContractJson;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.Topics;
import io.drover.secrets.SuiteParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.response.ValidatableResponse;
import io.smallrye.jwt.build.Jwt;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
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

  private final ProjectId project = new ProjectId(UUID.randomUUID());
  private final KeyId key = new KeyId(UUID.randomUUID());
  private final UUID volume = UUID.randomUUID();
  private final UUID domain = UUID.randomUUID();
  private final UUID command = UUID.randomUUID();

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrap;

  @Inject DataSource database;
  private KafkaProducer<String, byte[]> producer;

  @BeforeEach
  void connect() {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void disconnect() {
    producer.close();
  }

  @Test
  void theHostOfTheVolumeGetsAKeyThatNobodyTyped() {
    send(volume, 1, project, new VolumePlaced(HOST, "a", key));

    String passphrase = keyOf(release(HOST, volume, 1, command).statusCode(200));
    assertThat(Base64.getDecoder().decode(passphrase)).hasSize(32);
    assertThat(keyOf(release(HOST, volume, 1, command).statusCode(200))).isEqualTo(passphrase);
    release(HOST, volume, 1, UUID.randomUUID())
        .statusCode(409)
        .contentType("application/problem+json")
        .body("code", equalTo("ALREADY_RELEASED"));
    release(OTHER_HOST, volume, 1, command).statusCode(403).body("code", equalTo("NO_GRANT"));
  }

  @Test
  void aReleaseWaitsForTheGrantThatIsOnItsWay() throws Exception {
    CompletableFuture<Integer> early =
        CompletableFuture.supplyAsync(
            () -> release(HOST, volume, 1, command).extract().statusCode());
    send(volume, 1, project, new VolumePlaced(HOST, "a", key));
    assertThat(early.get()).isEqualTo(200);
  }

  @Test
  void theSameKeyComesBackForEachLaterClaimOfTheDomainAndForNoEarlierOne() {
    send(volume, 1, project, new VolumePlaced(HOST, "a", key));
    String made = keyOf(release(HOST, volume, 1, command).statusCode(200));
    send(volume, 1, project, new VolumeCreated(HOST, 1024));

    send(domain, 1, project, placed(OTHER_HOST));
    assertThat(keyOf(release(OTHER_HOST, domain, 1, command).statusCode(200))).isEqualTo(made);
    send(domain, 2, project, placed(HOST));
    assertThat(keyOf(release(HOST, domain, 2, command).statusCode(200))).isEqualTo(made);
    release(OTHER_HOST, domain, 1, command).statusCode(403).body("code", equalTo("NO_GRANT"));
    release(HOST, volume, 1, command).statusCode(403);

    send(domain, 2, project, new DomainStopped(HOST, StopReason.SHUTDOWN, ""));
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> release(HOST, domain, 2, command).statusCode(403));
    send(domain, 1, project, placed(OTHER_HOST));
    release(OTHER_HOST, domain, 1, command).statusCode(403);
  }

  @Test
  void aKeyOfAnotherProjectIsNeverGranted() {
    send(volume, 1, project, new VolumePlaced(HOST, "a", key));
    keyOf(release(HOST, volume, 1, command).statusCode(200));

    send(domain, 1, new ProjectId(UUID.randomUUID()), placed(HOST));
    release(HOST, domain, 1, command).statusCode(403).body("code", equalTo("NO_GRANT"));
  }

  @Test
  void theKeyGoesWithItsVolume() {
    send(volume, 1, project, new VolumePlaced(HOST, "a", key));
    keyOf(release(HOST, volume, 1, command).statusCode(200));
    send(volume, 1, project, new VolumeDeleted());
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> release(HOST, volume, 1, command).statusCode(403));
  }

  @Test
  void onlyAHostWithATokenMayAsk() {
    given()
        .contentType("application/json")
        .body(body(volume, 1, command))
        .post("/v1/keys/" + key + "/release")
        .then()
        .statusCode(401);
    given()
        .auth()
        .oauth2(token(Set.of("operator"), HOST))
        .contentType("application/json")
        .body(body(volume, 1, command))
        .post("/v1/keys/" + key + "/release")
        .then()
        .statusCode(403);
  }

  @Test
  void badRequestsNameWhatIsWrong() {
    release("{\"subject\":\"x\",\"generation\":1}", HOST).statusCode(400);
    release(body(volume, 0, command), HOST)
        .statusCode(400)
        .body("code", equalTo("INVALID_REQUEST"));
    release("not json", HOST).statusCode(400);
  }

  @Test
  void whatCannotBeReadIsADeadLetterAndTheNextEventIsServed() throws Exception {
    producer.send(new ProducerRecord<>(Topics.DOMAIN_EVENTS, "k", "garbage".getBytes())).get();
    send(volume, 1, project, new VolumePlaced(HOST, "a", key));

    release(HOST, volume, 1, command).statusCode(200);
    assertThat(firstDeadLetter()).isEqualTo("garbage");
  }

  @Test
  void theDatabaseNeverHoldsTheKeyAndTheAuditIsAChain() throws Exception {
    send(volume, 1, project, new VolumePlaced(HOST, "a", key));
    String passphrase = keyOf(release(HOST, volume, 1, command).statusCode(200));
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
    send(volume, 1, project, new VolumePlaced(HOST, "a", key));
    String passphrase = keyOf(release(HOST, volume, 1, command).statusCode(200));
    List<String> told = audited(3);
    assertThat(told).noneMatch(entry -> entry.contains(passphrase));
    assertThat(told.get(0)).contains("\"action\":\"create\"");
    assertThat(told.get(1)).contains("\"action\":\"grant\"");
    assertThat(told.get(2)).contains("\"action\":\"release\"").contains(command.toString());
    given()
        .auth()
        .oauth2(token(Set.of("operator"), HOST))
        .get("/v1/keys/" + key + "/audit")
        .then()
        .statusCode(200)
        .body("action", equalTo(List.of("release", "grant", "create")));
    given()
        .auth()
        .oauth2(token(Set.of("host"), HOST))
        .get("/v1/keys/" + key + "/audit")
        .then()
        .statusCode(403);
  }

  /** The first entries of this test's project on the topic. */
  private List<String> audited(int count) {
    List<String> told = new ArrayList<>();
    Instant end = Instant.now().plusSeconds(15);
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(Topics.AUDIT, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (told.size() < count && Instant.now().isBefore(end)) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(
                message -> {
                  if (project.toString().equals(message.key())) {
                    told.add(new String(message.value(), StandardCharsets.UTF_8));
                  }
                });
      }
    }
    assertThat(told).hasSize(count);
    return told;
  }

  private DomainPlaced placed(HostId host) {
    return new DomainPlaced(
        host, "a", URI.create("http://127.0.0.1"), new Resources(1, 64), List.of(key));
  }

  private void send(UUID subject, long generation, ProjectId of, Event event) {
    Envelope<Event> envelope =
        new Envelope<>(
            UUID.randomUUID(),
            URI.create("/scheduler"),
            subject.toString(),
            Instant.now(),
            1,
            0,
            of,
            null,
            generation,
            event);
    ProducerRecord<String, byte[]> message =
        new ProducerRecord<>(Topics.DOMAIN_EVENTS, subject.toString(), ContractJson.write(event));
    CloudEvents.headers(envelope).forEach((name, value) -> message.headers().add(name, value));
    producer.send(message);
    producer.flush();
  }

  private ValidatableResponse release(HostId host, UUID subject, long generation, UUID by) {
    return release(body(subject, generation, by), host);
  }

  private ValidatableResponse release(String body, HostId host) {
    return given()
        .auth()
        .oauth2(token(Set.of("host"), host))
        .contentType("application/json")
        .body(body)
        .post("/v1/keys/" + key + "/release")
        .then();
  }

  private static String keyOf(ValidatableResponse response) {
    return response.header("Cache-Control", "no-store").extract().path("key");
  }

  private static String body(UUID subject, long generation, UUID command) {
    return "{\"subject\":\"%s\",\"generation\":%d,\"commandId\":\"%s\"}"
        .formatted(subject, generation, command);
  }

  private static String token(Set<String> roles, HostId host) {
    return Jwt.preferredUserName("host")
        .subject("host")
        .groups(roles)
        .claim("host_id", host.toString())
        .issuer("https://server.example.com")
        .audience("https://service.example.com")
        .jws()
        .keyId("1")
        .sign("privateKey.jwk");
  }

  private String firstDeadLetter() {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(Topics.DEAD_LETTERS, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      return new String(consumer.poll(Duration.ofSeconds(15)).iterator().next().value());
    }
  }
}

package io.drover.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.drover.contracts.command.DeleteDomain;
import io.drover.contracts.command.Resources;
import io.drover.contracts.event.DomainDeleted;
import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.event.DomainStarted;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.OperationSucceeded;
import io.drover.contracts.event.StopReason;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.message.Topics;
import io.drover.contracts.operation.DiskAttached;
import io.drover.gateway.outbox.Outbox;
import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.DatabaseBackup;
import io.drover.gateway.support.Parts;
import io.drover.gateway.support.Parts.About;
import io.drover.gateway.support.Patience;
import io.drover.gateway.support.RunningDomain;
import io.drover.gateway.support.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A database that was restored from a backup learns from the topics what was accepted since. */
@QuarkusTest
class RestoredInventoryIT extends GatewayTestCase {
  @Test
  void whatIsYoungerThanTheBackupIsThereAgainAndWhatWasDeletedSinceIsNot() throws Exception {
    RunningDomain kept = RunningDomain.make(Api.project(), parts);
    RunningDomain deleted = RunningDomain.make(Api.project(), parts);
    DatabaseBackup backup = DatabaseBackup.take(database);

    stopByItsHost(kept);
    String pending =
        kept.project().request().post(kept.project().path("/domains/web/start")).path("id");
    delete(deleted);
    RunningDomain young = RunningDomain.make(Api.project(), parts);
    attachAnother(young);
    String attaching = attach(young, "third", "vdc");
    limit(young.project());
    Response before = young.get("/domains/web");
    String definition = young.xml();
    parts.heard(Topics.DOMAIN_COMMANDS, kept.id().toString(), 2);
    parts.heard(Topics.INVENTORY, "domain/" + young.id(), 2);

    backup.restore();

    Api.awaitPhase(young.project(), "/domains/web", "RUNNING");
    Api.awaitPhase(kept.project(), "/domains/web", "STOPPED");
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .until(() -> deleted.get("/domains/web").statusCode() == 404);
    assertThat(deleted.get("/volumes/root").statusCode()).isEqualTo(404);
    assertThat(young.xml()).isEqualTo(definition);
    young
        .get("/domains/web")
        .then()
        .body("host.id", equalTo(before.path("host.id")))
        .body("generation", equalTo(1))
        .body("desired", equalTo("RUNNING"));
    for (String volume : List.of("root", "data", "third")) {
      Api.awaitPhase(young.project(), "/volumes/" + volume, "READY");
      young.get("/volumes/" + volume).then().body("attachedTo", equalTo(young.id().toString()));
    }
    young
        .get("/quota")
        .then()
        .body("domains.limit", equalTo(7))
        .body("domains.used", equalTo(1))
        .body("volumes.used", equalTo(3));
    finishAttaching(young, attaching);
    finishStart(kept, pending);
    canBeStoppedAndDeleted(young);
  }

  private void stopByItsHost(RunningDomain domain) {
    parts.says(
        domain.host(),
        new About(domain.id(), domain.project().id(), null, 1),
        new DomainStopped(domain.host(), StopReason.SHUTDOWN, ""));
    Api.awaitPhase(domain.project(), "/domains/web", "STOPPED");
  }

  private void delete(RunningDomain domain) {
    TestProject project = domain.project();
    domain.stop();
    String ofDomain = project.request().delete(project.path("/domains/web")).path("id");
    domain.say(ofDomain, new DomainDeleted());
    Api.awaitOperation(project, ofDomain, "SUCCEEDED");
    String ofVolume = project.request().delete(project.path("/volumes/root")).path("id");
    parts.say(
        new About(domain.rootVolume(), project.id(), UUID.fromString(ofVolume), 1),
        new VolumeDeleted());
    Api.awaitOperation(project, ofVolume, "SUCCEEDED");
  }

  private static void attachAnother(RunningDomain domain) {
    String id = attach(domain, "data", "vdb");
    domain.say(id, new OperationSucceeded("attach-disk", new DiskAttached("vdb", "virtio-disk1")));
    Api.awaitOperation(domain.project(), id, "SUCCEEDED");
  }

  private static String attach(RunningDomain domain, String volume, String target) {
    domain.volume(volume);
    return domain.accepted(
        Map.of(
            "operation", "attach-disk",
            "disk", RunningDomain.disk(volume, target),
            "applies", "BOTH"));
  }

  /** Its host has carried it out while the database was restored. */
  private static void finishAttaching(RunningDomain domain, String operation) {
    domain.say(
        operation, new OperationSucceeded("attach-disk", new DiskAttached("vdc", "virtio-disk2")));
    Api.awaitOperation(domain.project(), operation, "SUCCEEDED");
    assertThat(domain.xml()).contains("vdc");
  }

  private static void limit(TestProject project) {
    Api.as(Tokens.operator())
        .contentType("application/json")
        .body(Map.of("domains", 7))
        .put(project.path("/quota"))
        .then()
        .statusCode(200);
  }

  /** Its acceptance is younger than the backup, and its end comes after the restore. */
  private void finishStart(RunningDomain domain, String operation) {
    Api.awaitOperation(domain.project(), operation, "RUNNING");
    domain.get("/domains/web").then().body("desired", equalTo("RUNNING"));
    About second = new About(domain.id(), domain.project().id(), UUID.fromString(operation), 2);
    parts.say(
        second,
        new DomainPlaced(
            domain.host(),
            "host-1",
            URI.create("http://127.0.0.1:1"),
            new Resources(1, 64),
            List.of()));
    parts.says(domain.host(), second, new DomainStarted(domain.host(), "tcg"));
    Api.awaitOperation(domain.project(), operation, "SUCCEEDED");
    Api.awaitPhase(domain.project(), "/domains/web", "RUNNING");
  }

  private void canBeStoppedAndDeleted(RunningDomain domain) {
    TestProject project = domain.project();
    String destroy =
        project.request().post(project.path("/domains/web/destroy")).then().extract().path("id");
    parts.says(
        domain.host(),
        new About(domain.id(), project.id(), UUID.fromString(destroy), 1),
        new DomainStopped(domain.host(), StopReason.DESTROYED, ""));
    Api.awaitOperation(project, destroy, "SUCCEEDED");
    String delete = project.request().delete(project.path("/domains/web")).path("id");
    assertThat(parts.heard(Topics.DOMAIN_COMMANDS, domain.id().toString(), DeleteDomain.class))
        .isNotEmpty();
    domain.say(delete, new DomainDeleted());
    Api.awaitOperation(project, delete, "SUCCEEDED");
    domain.get("/domains/web").then().statusCode(404);
  }

  @Test
  void anEventThatComesOnceMoreAfterTheRestoreChangesNothing() throws Exception {
    RunningDomain domain = RunningDomain.make(Api.project(), parts);
    DatabaseBackup backup = DatabaseBackup.take(database);
    domain.stop();
    awaitApplied(parts.heard(Topics.PLACEMENTS, domain.id().toString(), 3).get(2));
    backup.restore();
    Api.awaitPhase(domain.project(), "/domains/web", "STOPPED");
    String version = domain.get("/domains/web").header("ETag");
    // As the group reads it again whose last offsets were not told to Kafka.
    List<ConsumerRecord<String, byte[]>> all =
        parts.heard(Topics.PLACEMENTS, domain.id().toString(), 3);
    for (ConsumerRecord<String, byte[]> record : all) {
      parts.raw(record.topic(), record.key(), Parts.headers(record), record.value());
    }
    List<ConsumerRecord<String, byte[]>> twice =
        parts.heard(Topics.PLACEMENTS, domain.id().toString(), all.size() * 2);
    awaitApplied(twice.get(twice.size() - 1));
    assertThat(domain.get("/domains/web").header("ETag")).isEqualTo(version);
  }

  private void awaitApplied(ConsumerRecord<String, byte[]> record) {
    String next =
        "select coalesce(max(next), 0) from gateway.topic_positions where topic = '%s' and partition = %d"
            .formatted(record.topic(), record.partition());
    Awaitility.await().atMost(Patience.LIMIT).until(() -> database.number(next) > record.offset());
  }

  @Test
  void aRecordThatNoGatewayHasSealedOrThatComesLateDoesNotStay() throws Exception {
    RunningDomain domain = RunningDomain.make(Api.project(), parts);
    String key = "volume/" + domain.rootVolume();
    ConsumerRecord<String, byte[]> first = parts.heard(Topics.INVENTORY, key, 1).get(0);
    Map<String, byte[]> forged = new LinkedHashMap<>(Parts.headers(first));
    forged.put(Outbox.STATE_VERSION, Long.toString(Long.MAX_VALUE).getBytes(UTF_8));
    parts.raw(Topics.INVENTORY, key, forged, null);

    String seen =
        "select count(*) from gateway.inventory_versions where seen = version and id = '%s'"
            .formatted(domain.rootVolume());
    Awaitility.await().atMost(Patience.LIMIT).until(() -> database.number(seen) == 1);
    database.execute(
        "update gateway.inventory_versions set seen = version + 1 where id = '"
            + domain.rootVolume()
            + "'");
    parts.raw(Topics.INVENTORY, key, Parts.headers(first), first.value());
    List<ConsumerRecord<String, byte[]>> all = parts.heard(Topics.INVENTORY, key, 4);
    ConsumerRecord<String, byte[]> repaired = all.get(all.size() - 1);
    assertThat(repaired.value()).as("what the database has").isEqualTo(first.value());
    assertThat(version(repaired)).isGreaterThan(version(first));
    domain.get("/volumes/root").then().statusCode(200);
  }

  @Test
  void aTopicThatWasMadeAnewGetsWhatItLacksAndAnOldRecordOnItIsNotTaken() throws Exception {
    RunningDomain domain = RunningDomain.make(Api.project(), parts);
    String key = "volume/" + domain.rootVolume();
    ConsumerRecord<String, byte[]> first = parts.heard(Topics.INVENTORY, key, 1).get(0);
    database.execute(
        "begin; update gateway.inventory_versions set version = version + 7 where id = '%s'; update"
                .formatted(domain.rootVolume())
            + " gateway.topic_positions set next = 1000000 where topic = 'drover.inventory'; commit");
    List<ConsumerRecord<String, byte[]>> both = parts.heard(Topics.INVENTORY, key, 2);
    assertThat(version(both.get(1))).isGreaterThan(version(first) + 7);
    assertThat(both.get(1).value()).isEqualTo(first.value());
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .until(
            () ->
                database.number(
                        "select max(next) from gateway.topic_positions where topic = 'drover.inventory'")
                    < 1_000_000);
  }

  private static long version(ConsumerRecord<String, byte[]> record) {
    return Long.parseLong(Parts.header(record, Outbox.STATE_VERSION).orElseThrow());
  }
}

package io.drover.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.it.suite.Answer;
import io.drover.it.suite.Api;
import io.drover.it.suite.Database;
import io.drover.it.suite.DomainXml;
import io.drover.it.suite.Needles;
import io.drover.it.suite.Project;
import io.drover.it.suite.QemuProcesses;
import io.drover.it.suite.RunningSuite;
import io.drover.it.suite.SharedSuite;
import io.drover.it.suite.TestGuest;
import io.drover.it.suite.TopicRecords;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The key of a running guest's disk is in no place where somebody could find it. */
@ExtendWith(SharedSuite.class)
class KeySecrecyFlowIT {
  private static final String ANOTHER_COMMAND = "22222222-2222-4222-8222-222222222222";

  @Test
  void leavesTheKeyNowhere(RunningSuite suite) throws Exception {
    Project demo = suite.demo();
    String image = demo.image("testguest", TestGuest.image());
    String keyId = demo.volume("secret-disk", image, TestGuest.DISK_BYTES).path("keyId").asText();
    JsonNode domain = demo.start("secretive", DomainXml.from("secretive", "secret-disk"));
    String id = domain.path("id").asText();
    long generation = domain.path("generation").asLong();

    Needles needles = new Needles(keyOf(suite, keyId, id, generation));
    assertThat(suite.qemusOf(id)).hasSize(1);
    assertNowhere(suite, needles);

    demo.change("secretive", "destroy");
    assertNowhere(suite, needles);
    demo.delete("secretive");
    demo.succeeded(demo.api().delete(demo.path("volumes", "secret-disk")));
    assertNowhere(suite, needles);
  }

  /**
   * The key, asked for as the command that already has it: its host may ask again, nobody else may
   * at all.
   */
  private static byte[] keyOf(RunningSuite suite, String keyId, String domain, long generation)
      throws Exception {
    Map<String, String> grant =
        new Database(suite)
            .row(
                "select released_command from secrets.key_grant where key_id = '%s'"
                        .formatted(keyId)
                    + " and subject = '%s' and generation = %d".formatted(domain, generation));
    String body = "{\"subject\":\"%s\",\"generation\":%d,\"commandId\":\"%s\"}";
    String path = "/v1/keys/" + keyId + "/release";
    String granted = body.formatted(domain, generation, grant.get("released_command"));
    Api secrets = suite.anonymous().at(suite.service("secrets-service").url());

    assertThat(secrets.post(path, granted).status()).isEqualTo(401);
    assertThat(secrets.withToken(suite.tokenOf("automation")).post(path, granted).status())
        .isEqualTo(403);
    Api host = secrets.withToken(suite.tokenOf("host"));
    Answer another = host.post(path, body.formatted(domain, generation, ANOTHER_COMMAND));
    assertThat(another.json().path("code").asText()).isEqualTo("ALREADY_RELEASED");
    Answer released = host.post(path, granted);
    assertThat(released.status()).isEqualTo(200);
    byte[] key = Base64.getDecoder().decode(released.json().path("key").asText());
    assertThat(key).hasSize(32);
    return key;
  }

  private static void assertNowhere(RunningSuite suite, Needles needles) throws Exception {
    List<Long> pids = ProcessHandle.allProcesses().map(ProcessHandle::pid).toList();
    assertThat(pids)
        .as("argv and environment of every process")
        .allSatisfy(
            pid -> {
              assertThat(needles.in(QemuProcesses.commandLine(pid))).isEmpty();
              assertThat(needles.in(QemuProcesses.environment(pid))).isEmpty();
            });
    assertThat(needles.below(suite.data())).as("data folder, logs among it").isEmpty();
    assertThat(new Database(suite).dump())
        .as("database")
        .noneMatch(text -> needles.in(text).isPresent());
    TopicRecords topics = new TopicRecords(suite.suite().kafka().admin());
    for (String topic : topics.names("drover.")) {
      assertThat(topics.read(topic)).as(topic).noneMatch(record -> in(needles, record));
    }
  }

  private static boolean in(Needles needles, ConsumerRecord<byte[], byte[]> record) {
    boolean inHeaders = false;
    for (var header : record.headers()) {
      inHeaders |= needles.in(header.value()).isPresent();
    }
    return inHeaders
        || needles.in(record.value()).isPresent()
        || needles.in(record.key()).isPresent();
  }
}

package io.drover.scheduler;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.command.Cause;
import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.StopDomain;
import io.drover.contracts.command.StopMode;
import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.Topics;
import io.drover.contracts.signature.BusKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Nothing is taken that is not sealed by the part that it names. */
@QuarkusTest
@QuarkusTestResource(SuiteParts.class)
class UnsealedRecordsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HostId HOST = TestHosts.id("sealed");
  private static final EventSource ROGUE = EventSource.hostAgent(TestHosts.id("hostile"));

  private final String subject = UUID.randomUUID().toString();

  @ConfigProperty(name = "drover.test.kafka")
  String bootstrap;

  @Test
  void whatAnotherHasWrittenIsADeadLetterFailsNothingAndIsCounted() throws Exception {
    Object command =
        new StopDomain(
            new CommandHeader(
                new CommandId(UUID.randomUUID()),
                new OperationId(UUID.randomUUID()),
                new ProjectId(UUID.randomUUID()),
                UUID.fromString(subject),
                0,
                0,
                Instant.now().plusSeconds(60),
                new Cause("nobody", "forged"),
                false),
            StopMode.DESTROY);
    Object report = TestHosts.report("sealed", 7, 1, Instant.now(), 640);
    send(Topics.DOMAIN_COMMANDS, EventSource.GATEWAY, null, command);
    send(Topics.DOMAIN_COMMANDS, ROGUE, ROGUE, command);
    send(Topics.HOST_REPORTS, EventSource.hostAgent(HOST), ROGUE, report);

    assertThat(deadLetters(3))
        .extracting(letter -> header(letter, "drover_cause"))
        .satisfiesExactlyInAnyOrder(
            cause -> assertThat(cause).contains("has no seal of /api-gateway"),
            cause -> assertThat(cause).contains("does not write that topic"),
            cause -> assertThat(cause).contains("has no seal of /host-agents/" + HOST));
    assertThat(given().get("/q/metrics").asString())
        .contains("drover_records_refused_total{reason=\"signature\"")
        .contains("drover_records_refused_total{reason=\"source\"");
  }

  private void send(String topic, EventSource named, EventSource sealer, Object data)
      throws Exception {
    byte[] value = ContractJson.write(data);
    Map<String, byte[]> headers =
        new LinkedHashMap<>(
            CloudEvents.headers(
                new Envelope<>(
                    UUID.randomUUID(),
                    named.uri(),
                    subject,
                    Instant.now(),
                    1,
                    0,
                    null,
                    null,
                    0,
                    data)));
    if (sealer != null) {
      headers.putAll(BusKey.sealed(sealer, topic, subject, headers, value));
    }
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, subject, value);
    headers.forEach(record.headers()::add);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.send(record).get();
    }
  }

  private List<ConsumerRecord<String, byte[]>> deadLetters(int count) {
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    Instant end = Instant.now().plus(PATIENCE);
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(Topics.DEAD_LETTERS, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (found.size() < count && Instant.now().isBefore(end)) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (subject.equals(record.key())) {
            found.add(record);
          }
        }
      }
    }
    return found;
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}

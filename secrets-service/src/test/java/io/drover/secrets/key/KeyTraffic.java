package io.drover.secrets.key;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.event.Event;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.Topics;
import io.drover.contracts.signature.BusKey;
import io.drover.contracts.signature.SchedulerKey;
import io.restassured.response.ValidatableResponse;
import io.smallrye.jwt.build.Jwt;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Speaks to the service as its neighbours do, about one key of one project. */
final class KeyTraffic implements AutoCloseable {
  static final URI SCHEDULER = EventSource.SCHEDULER.uri();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ProjectId project = new ProjectId(UUID.randomUUID());
  private final KeyId key = new KeyId(UUID.randomUUID());
  private final String bootstrap;
  private final KafkaProducer<String, byte[]> producer;

  KeyTraffic(String bootstrap) {
    this.bootstrap = bootstrap;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  @Override
  public void close() {
    producer.close();
  }

  KeyId key() {
    return key;
  }

  static URI agentOf(HostId host) {
    return EventSource.hostAgent(host).uri();
  }

  /** The scheduler says it, about this project. */
  void send(UUID subject, long generation, Event event) {
    send(SCHEDULER, subject, generation, project, event);
  }

  void send(URI source, UUID subject, long generation, Event event) {
    send(source, subject, generation, project, event);
  }

  void send(URI source, UUID subject, long generation, ProjectId of, Event event) {
    send(source, subject.toString(), generation, of, event);
  }

  void send(URI source, String subject, long generation, ProjectId of, Event event) {
    send(topicOf(source), source, subject, generation, of, null, event);
  }

  /** In the scheduler's name, where every host may write. */
  void forge(UUID subject, long generation, Event event) {
    send(Topics.DOMAIN_EVENTS, SCHEDULER, subject.toString(), generation, project, null, event);
  }

  /** About one operation on the domain. */
  void send(URI source, UUID domain, long generation, OperationId operation, Event event) {
    send(topicOf(source), source, domain.toString(), generation, project, operation, event);
  }

  private void send(
      String topic,
      URI source,
      String subject,
      long generation,
      ProjectId of,
      @Nullable OperationId operation,
      Event event) {
    Envelope<Event> envelope =
        new Envelope<>(
            UUID.randomUUID(),
            source,
            subject,
            Instant.now(),
            1,
            0,
            of,
            operation,
            generation,
            event);
    ProducerRecord<String, byte[]> message =
        new ProducerRecord<>(topic, subject, ContractJson.write(event));
    sign(message, CloudEvents.headers(envelope), new EventSource(source));
    send(message);
  }

  /** A host says something in another's name, sealed by its own key. */
  void sendAs(HostId writer, URI named, UUID subject, long generation, Event event) {
    Envelope<Event> envelope =
        new Envelope<>(
            UUID.randomUUID(),
            named,
            subject.toString(),
            Instant.now(),
            1,
            0,
            project,
            null,
            generation,
            event);
    ProducerRecord<String, byte[]> message =
        new ProducerRecord<>(Topics.DOMAIN_EVENTS, subject.toString(), ContractJson.write(event));
    sign(message, CloudEvents.headers(envelope), EventSource.hostAgent(writer));
    send(message);
  }

  private static void sign(
      ProducerRecord<String, byte[]> message, Map<String, byte[]> headers, EventSource by) {
    Map<String, byte[]> signed =
        by.equals(EventSource.SCHEDULER)
            ? SchedulerKey.signed(message.topic(), message.key(), headers, message.value())
            : BusKey.sealed(by, message.topic(), message.key(), headers, message.value());
    signed.forEach((name, value) -> message.headers().add(name, value));
  }

  private static String topicOf(URI source) {
    return source.equals(EventSource.SCHEDULER.uri()) ? Topics.PLACEMENTS : Topics.DOMAIN_EVENTS;
  }

  void sendRaw(byte[] value) {
    send(new ProducerRecord<>(Topics.DOMAIN_EVENTS, "k", value));
  }

  private void send(ProducerRecord<String, byte[]> message) {
    try {
      producer.send(message).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  ValidatableResponse release(HostId host, UUID subject, long generation, UUID by) {
    return release(body(subject, generation, by), host);
  }

  ValidatableResponse release(String body, HostId host) {
    return releaseWith(token(Set.of("host"), host), body);
  }

  ValidatableResponse releaseWith(String token, String body) {
    return given()
        .auth()
        .oauth2(token)
        .contentType("application/json")
        .body(body)
        .post("/v1/keys/" + key + "/release")
        .then();
  }

  static String keyOf(ValidatableResponse response) {
    return response.header("Cache-Control", "no-store").extract().path("key");
  }

  static String body(UUID subject, long generation, UUID command) {
    return "{\"subject\":\"%s\",\"generation\":%d,\"commandId\":\"%s\"}"
        .formatted(subject, generation, command);
  }

  static String token(Set<String> roles, HostId host) {
    return token(roles, Map.of("host_id", host.toString()));
  }

  static String token(Set<String> roles, Map<String, Object> claims) {
    var token = Jwt.preferredUserName("host").subject("host").groups(roles);
    claims.forEach(token::claim);
    return token
        .issuer("https://server.example.com")
        .audience("https://service.example.com")
        .jws()
        .keyId("1")
        .sign("privateKey.jwk");
  }

  /** The first entries of this project on the audit topic. */
  List<String> audited(int count) {
    List<String> told = new ArrayList<>();
    read(
        Topics.AUDIT,
        message -> {
          if (project.toString().equals(message.key())) {
            told.add(text(message));
          }
          return told.size() == count;
        });
    return told;
  }

  /** The entries of this project on the audit topic, up to the nth that has the text. */
  List<String> auditedUntil(String wanted, int nth) {
    List<String> told = new ArrayList<>();
    read(
        Topics.AUDIT,
        message -> {
          if (project.toString().equals(message.key())) {
            told.add(text(message));
          }
          return told.stream().filter(entry -> entry.contains(wanted)).count() == nth;
        });
    return told;
  }

  void awaitDeadLetter(Predicate<ConsumerRecord<String, byte[]>> wanted) {
    read(Topics.DEAD_LETTERS, wanted);
  }

  static String text(ConsumerRecord<String, byte[]> message) {
    return new String(message.value(), StandardCharsets.UTF_8);
  }

  static Map<String, byte[]> headers(ConsumerRecord<String, byte[]> message) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    message.headers().forEach(header -> headers.put(header.key(), header.value()));
    return headers;
  }

  static String header(ConsumerRecord<String, byte[]> message, String name) {
    var header = message.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** Reads the topic from its beginning until a record is the one. */
  private void read(String topic, Predicate<ConsumerRecord<String, byte[]>> isLast) {
    Instant end = Instant.now().plus(PATIENCE);
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (true) {
        assertThat(Instant.now()).as("the awaited record on " + topic).isBefore(end);
        for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofMillis(200))) {
          if (isLast.test(message)) {
            return;
          }
        }
      }
    }
  }
}

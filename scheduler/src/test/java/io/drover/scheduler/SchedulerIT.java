package io.drover.scheduler;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.drover.contracts.command.Cause;
import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.PlaceDomain;
import io.drover.contracts.command.Resources;
import io.drover.contracts.command.SchedulerCommand;
import io.drover.contracts.command.StartDomain;
import io.drover.contracts.command.StopDomain;
import io.drover.contracts.command.StopMode;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.PlacementRefused;
import io.drover.contracts.event.StopReason;
import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.DeadLetterContract;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.Topics;
import io.drover.contracts.signature.BusKey;
import io.drover.contracts.signature.SchedulerKey;
import io.drover.contracts.signature.SignedRecord;
import io.drover.contracts.sql.Query;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service between a real broker and a real database. */
@QuarkusTest
@QuarkusTestResource(SuiteParts.class)
class SchedulerIT {
  private static final ProjectId PROJECT = new ProjectId(new UUID(2, 2));
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static long epoch = 100;

  @ConfigProperty(name = "drover.test.kafka")
  String bootstrap;

  @Inject DataSource database;

  private KafkaProducer<String, byte[]> producer;

  @BeforeEach
  void hostReports() throws Exception {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "linger.ms", 0),
            new StringSerializer(),
            new ByteArraySerializer());
    send(
        Topics.HOST_REPORTS,
        envelope(
            TestHosts.id("it").value(), 0, TestHosts.report("it", ++epoch, 1, Instant.now(), 60)));
    reader()
        .await(
            Topics.hostCommands(TestHosts.id("it")),
            UUID.randomUUID(),
            records -> true); // the topic is there once its end can be asked for
  }

  @AfterEach
  void close() {
    producer.close();
  }

  @Test
  void placesStartsStopsAndPlacesAgain() throws Exception {
    UUID domain = UUID.randomUUID();
    PlaceDomain place = place(domain, 2);
    place(place);
    List<ConsumerRecord<String, byte[]>> commands = hostCommands(domain, 1);
    ConsumerRecord<String, byte[]> first = commands.get(0);
    StartDomain start = (StartDomain) TopicReader.open(first).data();
    SchedulerKey.verifier()
        .require(
            new SignedRecord(
                first.topic(), first.key(), TopicReader.headers(first), first.value()));
    assertThat(start.header().generation()).isEqualTo(1);
    assertThat(start.header().hostEpoch()).isEqualTo(epoch);
    List<Envelope<Object>> events = events(domain, 2);
    assertThat(events)
        .extracting(event -> event.data().getClass().getSimpleName())
        .containsExactly("DomainPlaced", "StepCompleted");
    assertThat(((DomainPlaced) events.get(0).data()).hostName()).isEqualTo("it");
    assertThat(TopicReader.header(commands.get(0), "traceparent"))
        .as("the trace of the command goes on")
        .contains("0af7651916cd43dd8448eb211c80319c");

    place(place);
    commands = hostCommands(domain, 2);
    assertThat(commands.get(1).value()).isEqualTo(commands.get(0).value());
    assertThat(TopicReader.header(commands.get(1), "ce_id"))
        .isEqualTo(TopicReader.header(commands.get(0), "ce_id"));
    assertThat(events(domain, 4).get(2).id()).isEqualTo(events.get(0).id());

    send(
        Topics.DOMAIN_COMMANDS,
        envelope(domain, 0, new StopDomain(header(domain), StopMode.DESTROY)));
    assertThat(TopicReader.open(hostCommands(domain, 3).get(2)).data())
        .isInstanceOf(StopDomain.class);
    send(
        Topics.DOMAIN_EVENTS,
        envelope(domain, 1, new DomainStopped(TestHosts.id("it"), StopReason.DESTROYED, "")));
    place(place(domain, 2));
    assertThat(TopicReader.open(hostCommands(domain, 4).get(3)).generation()).isEqualTo(2);
  }

  @Test
  void readsFromItsTopicWhatItsRestoredDatabaseHasForgotten() throws Exception {
    UUID domain = UUID.randomUUID();
    place(place(domain, 2));
    hostCommands(domain, 1);
    for (String forget :
        List.of(
            "delete from claim where domain_id = '%s'",
            "delete from outcome where subject = '%s'",
            "delete from subject where id = '%s'",
            "update placement_position set next_offset = 0")) {
      new Query(database, forget.formatted(domain)).run();
    }
    new Query(database, "update host set used_vcpus = used_vcpus - 2, used_memory_mib = 0").run();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                new Query(database, "select generation from claim where domain_id = ?", domain)
                    .first(row -> row.getLong("generation"))
                    .equals(Optional.of(1L)));
    send(
        Topics.DOMAIN_EVENTS,
        envelope(domain, 1, new DomainStopped(TestHosts.id("it"), StopReason.DESTROYED, "")));
    place(place(domain, 2));
    assertThat(TopicReader.open(hostCommands(domain, 2).get(1)).generation()).isEqualTo(2);
  }

  @Test
  void aHostWhoseClockIsAnHourBehindIsUpByTheBrokersClock() throws Exception {
    UUID host = TestHosts.id("it").value();
    Instant itsTime = Instant.now().minus(Duration.ofHours(1));
    send(Topics.HOST_REPORTS, envelope(host, 0, TestHosts.report("it", ++epoch, 1, itsTime, 60)));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                new Query(database, "select epoch from host where id = ?", host)
                    .first(row -> row.getLong("epoch"))
                    .equals(Optional.of(epoch)));
    UUID domain = UUID.randomUUID();
    place(place(domain, 1));
    StartDomain start = (StartDomain) TopicReader.open(hostCommands(domain, 1).get(0)).data();
    assertThat(start.header().hostEpoch()).isEqualTo(epoch);
    assertThat(start.header().expiresAt()).as("by the clock of all").isAfter(Instant.now());
  }

  @Test
  void refusesWhatIsTooBigForEveryHost() throws Exception {
    UUID domain = UUID.randomUUID();
    place(place(domain, 640));
    PlacementRefused refused = (PlacementRefused) events(domain, 1).get(0).data();
    assertThat(refused.problem().code()).isEqualTo(ErrorCode.NO_VALID_HOST);
    assertThat(refused.nearestMiss()).contains("vCPUs more on host it");
  }

  @Test
  void putsAsideWhatItCannotReadAndFailsItsOperation() throws Exception {
    UUID domain = UUID.randomUUID();
    Envelope<?> whole = envelope(domain, 0, place(domain, 1));
    ProducerRecord<String, byte[]> broken =
        new ProducerRecord<>(
            Topics.DOMAIN_COMMANDS, domain.toString(), "{\"header\":".getBytes(UTF_8));
    sealed(broken, CloudEvents.headers(whole)).forEach(broken.headers()::add);
    var sent = producer.send(broken).get();
    PlacementRefused refused = (PlacementRefused) events(domain, 1).get(0).data();
    assertThat(refused.problem().code()).isEqualTo(ErrorCode.INVALID_REQUEST);
    ConsumerRecord<String, byte[]> letter =
        reader().await(Topics.DEAD_LETTERS, domain, records -> records.size() == 1).get(0);
    checkLetter(letter, CloudEvents.headers(whole));
    assertThat(TopicReader.header(letter, "drover_offset")).isEqualTo(Long.toString(sent.offset()));
    assertThat(TopicReader.header(letter, "drover_cause")).startsWith("INVALID_REQUEST");

    UUID next = UUID.randomUUID();
    send(
        Topics.DOMAIN_COMMANDS,
        saidBy(
            EventSource.GATEWAY.uri(),
            envelope(next, 0, new DomainStopped(TestHosts.id("it"), StopReason.DESTROYED, ""))));
    assertThat(events(next, 1).get(0).data()).isInstanceOf(DomainFailed.class);
  }

  @Test
  void failsTheOperationOfACommandThatIsTooLargeForADeadLetter() throws Exception {
    UUID domain = UUID.randomUUID();
    Map<String, byte[]> headers = CloudEvents.headers(envelope(domain, 0, place(domain, 1)));
    int ofHeaders =
        headers.entrySet().stream().mapToInt(h -> h.getKey().length() + h.getValue().length).sum();
    // With Kafka's own bytes just small enough, and too large with the headers of a dead letter.
    byte[] nearlyTheLargest = new byte[1024 * 1024 - ofHeaders - 280];
    ProducerRecord<String, byte[]> large =
        new ProducerRecord<>(Topics.DOMAIN_COMMANDS, domain.toString(), nearlyTheLargest);
    sealed(large, headers).forEach(large.headers()::add);
    producer.send(large).get();
    assertThat(events(domain, 1).get(0).data()).isInstanceOf(PlacementRefused.class);
    ConsumerRecord<String, byte[]> letter =
        reader().await(Topics.DEAD_LETTERS, domain, records -> records.size() == 1).get(0);
    assertThat(letter.value()).isEmpty();
    checkLetter(letter, Map.of());
  }

  private static void checkLetter(
      ConsumerRecord<String, byte[]> letter, Map<String, byte[]> ofTheCommand) {
    DeadLetterContract.check(
        TopicReader.headers(letter), EventSource.SCHEDULER, Topics.DOMAIN_COMMANDS, ofTheCommand);
  }

  @Test
  void takesNoReportFromAnAgentThatSpeaksForAnotherHost() throws Exception {
    UUID host = TestHosts.id("it").value();
    Envelope<Object> own =
        envelope(host, 0, TestHosts.report("it", epoch + 1, 1, Instant.now(), 640));
    send(Topics.HOST_REPORTS, saidBy(EventSource.hostAgent(TestHosts.id("hostile")).uri(), own));
    ConsumerRecord<String, byte[]> letter =
        reader().await(Topics.DEAD_LETTERS, host, records -> !records.isEmpty()).get(0);
    assertThat(TopicReader.header(letter, "drover_cause")).contains("copied identity");
    UUID domain = UUID.randomUUID();
    place(place(domain, 1));
    StartDomain start = (StartDomain) TopicReader.open(hostCommands(domain, 1).get(0)).data();
    assertThat(start.header().hostEpoch()).as("the epoch of its own report").isEqualTo(epoch);
  }

  @Test
  void theStartOfEachPlacedDomainComesToTheHostsTopic() throws Exception {
    TopicPartition topic = new TopicPartition(Topics.hostCommands(TestHosts.id("it")), 0);
    try (KafkaConsumer<String, byte[]> consumer = reader().consumer()) {
      consumer.assign(List.of(topic));
      consumer.seekToEnd(List.of(topic));
      consumer.position(topic);
      for (int i = 0; i < 10; i++) {
        UUID domain = UUID.randomUUID();
        place(place(domain, 1));
        Instant end = Instant.now().plus(PATIENCE);
        ConsumerRecords<String, byte[]> read = ConsumerRecords.empty();
        while (read.isEmpty()) {
          assertThat(Instant.now()).isBefore(end);
          read = consumer.poll(Duration.ofMillis(100));
        }
        assertThat(read).extracting(ConsumerRecord::key).containsExactly(domain.toString());
        DomainStopped stopped = new DomainStopped(TestHosts.id("it"), StopReason.DESTROYED, "");
        send(Topics.DOMAIN_EVENTS, envelope(domain, 1, stopped));
      }
    }
  }

  @Test
  void tellsItsHealthAndItsFigures() {
    given().get("/q/health/ready").then().statusCode(200);
    given().get("/q/metrics").then().statusCode(200).body(containsString("drover_hosts_up"));
  }

  private static CommandHeader header(UUID subject) {
    return new CommandHeader(
        new CommandId(UUID.randomUUID()),
        new OperationId(UUID.randomUUID()),
        PROJECT,
        subject,
        0,
        0,
        Instant.now().plusSeconds(3600),
        new Cause("alice", "test"),
        false);
  }

  private static PlaceDomain place(UUID domain, int vcpus) {
    return new PlaceDomain(
        header(domain), "vm", TestHosts.DEFINITION, new Resources(vcpus, 64), List.of(), null);
  }

  private void place(PlaceDomain command) throws Exception {
    send(Topics.DOMAIN_COMMANDS, envelope(command.header().subject(), 0, command));
  }

  private static Envelope<Object> envelope(UUID subject, long generation, Object data) {
    return new Envelope<>(
        UUID.randomUUID(),
        (data instanceof SchedulerCommand
                ? EventSource.GATEWAY
                : EventSource.hostAgent(TestHosts.id("it")))
            .uri(),
        subject.toString(),
        Instant.now(),
        1,
        1,
        PROJECT,
        new OperationId(UUID.randomUUID()),
        generation,
        data);
  }

  private static Envelope<Object> saidBy(URI source, Envelope<Object> envelope) {
    return new Envelope<>(
        envelope.id(),
        source,
        envelope.subject(),
        envelope.time(),
        envelope.sequence(),
        envelope.hostSequence(),
        envelope.projectId(),
        envelope.operationId(),
        envelope.generation(),
        envelope.data());
  }

  private static Map<String, byte[]> sealed(
      ProducerRecord<String, byte[]> record, Map<String, byte[]> headers) {
    return BusKey.sealed(record.topic(), record.key(), headers, record.value());
  }

  private void send(String topic, Envelope<?> envelope) throws Exception {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic, envelope.subject(), ContractJson.write(envelope.data()));
    sealed(record, CloudEvents.headers(envelope)).forEach(record.headers()::add);
    record
        .headers()
        .add(
            "traceparent",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".getBytes(UTF_8));
    producer.send(record).get();
  }

  private List<ConsumerRecord<String, byte[]>> hostCommands(UUID domain, int count) {
    return reader()
        .await(Topics.hostCommands(TestHosts.id("it")), domain, records -> records.size() == count);
  }

  /** The scheduler's own events about the subject. */
  private List<Envelope<Object>> events(UUID subject, int count) {
    Predicate<ConsumerRecord<String, byte[]>> own =
        record -> EventSource.SCHEDULER.toString().equals(TopicReader.header(record, "ce_source"));
    return reader()
        .await(Topics.PLACEMENTS, subject, records -> records.stream().filter(own).count() == count)
        .stream()
        .filter(own)
        .map(TopicReader::open)
        .toList();
  }

  private TopicReader reader() {
    return new TopicReader(bootstrap);
  }
}

package io.drover.it.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.contracts.command.HostCommand;
import io.drover.contracts.command.SchedulerCommand;
import io.drover.contracts.event.Event;
import io.drover.contracts.id.HostId;
import io.drover.contracts.message.DeadLetter;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.MessageTypes;
import io.drover.contracts.message.Topics;
import io.drover.it.suite.Database;
import io.drover.it.suite.DomainXml;
import io.drover.it.suite.EventFeed;
import io.drover.it.suite.ForgedRecord;
import io.drover.it.suite.Project;
import io.drover.it.suite.RogueWriter;
import io.drover.it.suite.RogueWriter.Sender;
import io.drover.it.suite.RunningSuite;
import io.drover.it.suite.SharedSuite;
import io.drover.it.suite.TokenLogin;
import io.drover.it.suite.TopicRecords;
import io.drover.standalone.cluster.Ports;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.AuthenticationException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every type of record is written by everybody who may not say it, about a domain, a volume, a key
 * and a host that exist. Each is refused, by the broker or by who reads it, and none has an effect.
 */
@ExtendWith(SharedSuite.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ForgedRecordsFlowIT {
  private static final String STATE = "io.drover.state.domain.v1";
  private static final String INVENTORY = "io.drover.inventory.entry.v1";
  private static final String QMP = "io.drover.qmp-event.v1";
  private static final String OF_HOST = "(the topic of the victim's host)";
  private static final Set<String> PLACING =
      Set.of("domain-placed", "volume-placed", "operation-forwarded", "placement-refused");

  /** What nobody in the suite reads: it is for people and programs to watch. */
  private static final Set<String> UNREAD = Set.of(Topics.QMP_EVENTS, Topics.DEAD_LETTERS);

  /** Whom the broker refuses before it looks at the topic: once a topic is enough. */
  private static final Set<Sender> STRANGERS = Set.of(Sender.TENANT, Sender.NOBODY);

  /** Who refuses. */
  private enum By {
    BROKER,
    READER,
    /** It is written, and no part reads it. */
    NOBODY
  }

  /** Whom the record names as its source. */
  private enum Names {
    ITSELF,
    THE_VICTIMS_HOST,
    GATEWAY,
    SCHEDULER,
    SECRETS
  }

  /** One attempt. */
  private record Row(Sender sender, Names names, String topic, String type, By refusedBy) {}

  private Project demo;
  private ForgedRecord.Victim victim;
  private RogueWriter rogue;
  private EventFeed feed;
  private JsonNode before;
  private Map<String, List<List<String>>> truth;
  private List<Long> guests;
  private final Set<String> forged = new TreeSet<>();
  private final Map<String, Row> written = new LinkedHashMap<>();

  @BeforeAll
  void aDomainWithAVolumeOfAnotherHost(RunningSuite suite) throws Exception {
    demo = suite.demo();
    demo.succeeded(
        demo.api().post(demo.path("volumes"), "{\"name\":\"coveted\",\"sizeBytes\":16777216}"));
    JsonNode volume = demo.api().get(demo.path("volumes", "coveted")).json();
    JsonNode domain = demo.start("victim", DomainXml.from("victim", "coveted"));
    Database database = new Database(suite);
    victim =
        new ForgedRecord.Victim(
            database.row("select id from gateway.projects where name = 'demo'").get("id"),
            domain.path("id").asText(),
            volume.path("id").asText(),
            volume.path("keyId").asText(),
            database
                .row(
                    "select id from gateway.operations where subject = '%s'"
                        .formatted(domain.path("id").asText()))
                .get("id"),
            suite.suite().credentials().hostId(),
            domain.path("generation").asLong(),
            Long.parseLong(database.row("select max(epoch) as e from scheduler.host").get("e")));
    rogue = RogueWriter.join(suite);
    TopicRecords topics = new TopicRecords(suite.suite().kafka().admin());
    topics.awaitConsumed();
    before = settled(demo.domain("victim"));
    truth = truth(suite);
    guests = suite.qemus().stream().map(ProcessHandle::pid).sorted().toList();
    feed = EventFeed.open(demo);
  }

  @AfterAll
  void leave() throws Exception {
    feed.close();
    rogue.close();
  }

  static Stream<Row> rows() {
    List<Row> rows = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    for (String type :
        Stream.concat(MessageTypes.all().stream(), Stream.of(STATE, INVENTORY, QMP)).toList()) {
      for (String topic : topicsOf(type)) {
        boolean first = seen.add(topic);
        rows(type, topic).stream()
            .filter(row -> first || !STRANGERS.contains(row.sender()))
            .forEach(rows::add);
      }
    }
    List.of(Topics.PLACEMENTS, Topics.HOSTS, Topics.DOMAIN_COMMANDS, Topics.AUDIT, OF_HOST)
        .forEach(
            topic ->
                rows.add(
                    new Row(
                        Sender.ANOTHER_HOST,
                        Names.THE_VICTIMS_HOST,
                        topic,
                        "io.drover.event.domain-placed.v1",
                        By.BROKER)));
    rows.add(
        new Row(
            Sender.ANOTHER_HOST,
            Names.SCHEDULER,
            Topics.DOMAIN_EVENTS,
            "io.drover.event.domain-placed.v1",
            By.READER));
    return rows.stream();
  }

  private static List<String> topicsOf(String type) {
    Class<?> message = MessageTypes.find(type).orElse(Object.class);
    List<String> topics = new ArrayList<>();
    if (SchedulerCommand.class.isAssignableFrom(message)) {
      topics.add(Topics.DOMAIN_COMMANDS);
    }
    if (HostCommand.class.isAssignableFrom(message)) {
      topics.add(OF_HOST);
    }
    if (Event.class.isAssignableFrom(message)) {
      boolean placing = PLACING.stream().anyMatch(name -> type.contains("." + name + "."));
      topics.add(placing ? Topics.PLACEMENTS : Topics.DOMAIN_EVENTS);
    }
    switch (type) {
      case "io.drover.report.host-report.v1" -> topics.add(Topics.HOST_REPORTS);
      case "io.drover.report.host-state.v1" -> topics.add(Topics.HOSTS);
      case "io.drover.audit.key-audited.v1" -> topics.add(Topics.AUDIT);
      case STATE -> topics.add(Topics.DOMAIN_STATE);
      case INVENTORY -> topics.add(Topics.INVENTORY);
      case QMP -> topics.addAll(UNREAD);
      default -> {}
    }
    return topics;
  }

  private static List<Row> rows(String type, String topic) {
    List<Row> rows = new ArrayList<>();
    Set<Sender> writers = writers(topic);
    Names owner = ownerOf(topic);
    for (Sender sender : Sender.values()) {
      boolean writes = writers.contains(sender);
      By by = !writes ? By.BROKER : UNREAD.contains(topic) ? By.NOBODY : By.READER;
      // A state and an audit entry that their own part writes are no forgery.
      boolean forgery = !(writes && Set.of(Topics.DOMAIN_STATE, Topics.AUDIT).contains(topic));
      if (forgery) {
        rows.add(new Row(sender, owner, topic, type, by));
      }
    }
    if (topic.equals(Topics.DOMAIN_EVENTS)) {
      rows.add(new Row(Sender.ANOTHER_HOST, Names.ITSELF, topic, type, By.READER));
      rows.add(new Row(Sender.ANOTHER_HOST, Names.GATEWAY, topic, type, By.READER));
    }
    return rows;
  }

  /** Whose logins the broker lets write there. */
  private static Set<Sender> writers(String topic) {
    return switch (topic) {
      case Topics.DOMAIN_COMMANDS, Topics.DOMAIN_STATE, Topics.INVENTORY -> Set.of(Sender.GATEWAY);
      case Topics.DOMAIN_EVENTS -> Set.of(Sender.GATEWAY, Sender.ANOTHER_HOST);
      case Topics.PLACEMENTS, Topics.HOSTS, OF_HOST -> Set.of(Sender.SCHEDULER);
      case Topics.HOST_REPORTS, Topics.QMP_EVENTS -> Set.of(Sender.ANOTHER_HOST);
      case Topics.AUDIT -> Set.of(Sender.SECRETS);
      default -> Set.of(Sender.GATEWAY, Sender.SCHEDULER, Sender.SECRETS, Sender.ANOTHER_HOST);
    };
  }

  private static Names ownerOf(String topic) {
    return switch (topic) {
      case Topics.DOMAIN_COMMANDS, Topics.DOMAIN_STATE, Topics.INVENTORY -> Names.GATEWAY;
      case Topics.PLACEMENTS, Topics.HOSTS, OF_HOST -> Names.SCHEDULER;
      case Topics.AUDIT -> Names.SECRETS;
      default -> Names.THE_VICTIMS_HOST;
    };
  }

  @Order(1)
  @ParameterizedTest
  @MethodSource("rows")
  void aForgedRecordIsRefused(Row row) throws Exception {
    String topic = row.topic().equals(OF_HOST) ? Topics.hostCommands(victim.host()) : row.topic();
    boolean placing = PLACING.stream().anyMatch(name -> row.type().contains("." + name + "."));
    HostId host = placing ? rogue.host() : victim.host();
    ForgedRecord record = ForgedRecord.of(row.type(), topic, source(row.names()), host, victim);
    forged.add(record.id());
    Optional<RecordMetadata> place = rogue.write(row.sender(), record);
    assertThat(place.isPresent()).as("taken by the broker").isEqualTo(row.refusedBy() != By.BROKER);
    if (row.refusedBy() == By.READER) {
      RecordMetadata at = place.orElseThrow();
      written.put(at.topic() + "-" + at.partition() + "@" + at.offset(), row);
    }
  }

  private String source(Names names) {
    return switch (names) {
      case ITSELF -> EventSource.hostAgent(rogue.host()).toString();
      case THE_VICTIMS_HOST -> EventSource.hostAgent(victim.host()).toString();
      case GATEWAY -> EventSource.GATEWAY.toString();
      case SCHEDULER -> EventSource.SCHEDULER.toString();
      case SECRETS -> EventSource.SECRETS.toString();
    };
  }

  @Order(1)
  @ParameterizedTest
  @CsvSource({
    "PLAIN, alice",
    "PLAIN, admin",
    "SCRAM-SHA-256, alice",
    "SCRAM-SHA-512, alice",
    "SCRAM-SHA-512, admin",
    "OAUTHBEARER, alice"
  })
  void aTenantsTokenIsNoLoginAtTheBusByAnyMechanism(
      String mechanism, String user, RunningSuite suite) {
    Map<String, Object> login = TokenLogin.settings(mechanism, user, suite.as("alice").token());
    Ports ports = suite.suite().options().ports();
    for (String bootstrap :
        List.of(
            "bootstrap.servers=127.0.0.1:" + ports.of(Ports.Part.KAFKA),
            "bootstrap.controllers=127.0.0.1:" + ports.of(Ports.Part.KAFKA_CONTROLLER))) {
      Map<String, Object> settings = new LinkedHashMap<>(login);
      settings.put(bootstrap.split("=", 2)[0], bootstrap.split("=", 2)[1]);
      try (Admin client = Admin.create(settings)) {
        assertThatThrownBy(() -> client.describeCluster().nodes().get(20, TimeUnit.SECONDS))
            .as(bootstrap)
            .cause()
            .isInstanceOf(AuthenticationException.class);
      }
    }
  }

  @Order(2)
  @Test
  void noneHadAnEffectAndEachIsCounted(RunningSuite suite) throws Exception {
    assertThat(forged).as("the table").hasSizeGreaterThanOrEqualTo(40);
    TopicRecords topics = new TopicRecords(suite.suite().kafka().admin());
    topics.awaitConsumed();
    Awaitility.await("a dead letter of each that the broker took")
        .atMost(RunningSuite.patience())
        .untilAsserted(() -> assertThat(deadLetters(topics)).containsAll(written.keySet()));

    assertThat(settled(demo.domain("victim"))).isEqualTo(before);
    assertThat(truth(suite)).isEqualTo(truth);
    assertThat(suite.qemus().stream().map(ProcessHandle::pid).sorted().toList()).isEqualTo(guests);
    assertThat(feed.seen()).noneMatch(event -> forged.stream().anyMatch(event.data()::contains));
    double counted = 0;
    for (String part : List.of("api-gateway", "scheduler", "secrets-service", "host-agent")) {
      double ofPart = refused(suite, part);
      assertThat(ofPart).as("drover_records_refused_total of " + part).isPositive();
      counted += ofPart;
    }
    assertThat(counted).isGreaterThanOrEqualTo(written.size());
  }

  @Order(3)
  @Test
  void theAuditShowsTheAttemptsAndNoGrant(RunningSuite suite) throws Exception {
    Database database = new Database(suite);
    String ofRogue = "select * from secrets.%s where host_id = '" + rogue.host() + "'";
    assertThat(database.rows(ofRogue.formatted("key_grant"))).isEmpty();
    assertThat(database.rows(ofRogue.formatted("audit") + " and outcome = 'done'")).isEmpty();
    assertThat(
            database.rows(
                "select action, outcome from secrets.audit where key_id = '%s' and outcome like 'refused%%'"
                    .formatted(victim.key())))
        .extracting(row -> row.get(0))
        .contains("grant", "destroy");
  }

  @Order(4)
  @Test
  void theSuiteWorksOn(RunningSuite suite) {
    assumeThat(suite.qemusOf(victim.domain())).isNotEmpty();
    demo.change("victim", "destroy");
    demo.change("victim", "start");
    demo.delete("victim");
    demo.succeeded(demo.api().delete(demo.path("volumes", "coveted")));
  }

  private static Set<String> deadLetters(TopicRecords topics) {
    Set<String> places = new TreeSet<>();
    for (ConsumerRecord<byte[], byte[]> letter : topics.read(Topics.DEAD_LETTERS)) {
      Map<String, byte[]> headers = new LinkedHashMap<>();
      letter.headers().forEach(header -> headers.put(header.key(), header.value()));
      if (headers.containsKey("drover_topic")) { // others are forged
        DeadLetter read = DeadLetter.read(headers);
        places.add(read.topic() + "-" + read.partition() + "@" + read.offset());
      }
    }
    return places;
  }

  private static double refused(RunningSuite suite, String part) {
    String metrics = suite.anonymous().at(suite.service(part).url()).get("/q/metrics").text();
    return metrics
        .lines()
        .filter(line -> line.startsWith("drover_records_refused_total"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** What is true by the parts' own tables. */
  private static Map<String, List<List<String>>> truth(RunningSuite suite) throws Exception {
    Map<String, List<List<String>>> tables = new LinkedHashMap<>();
    Database database = new Database(suite);
    for (String query :
        List.of(
            "select domain_id, host_id, generation, state, operation_id from scheduler.claim order by 1",
            "select id, host_id, generation, state from scheduler.volume order by 1",
            "select id, name, epoch, vcpus, memory_mib, agent_url, admission from scheduler.host order by 1",
            "select id, generation, deleted from scheduler.subject order by 1",
            "select id, phase, desired, generation, host_id, definition from gateway.domains order by 1",
            "select id, phase, generation, host_id from gateway.volumes order by 1",
            "select id, state from gateway.operations order by 1",
            "select subject, generation, host_id from gateway.placements order by 1, 2",
            "select * from secrets.key_grant order by 1, 2, 3",
            "select * from secrets.disk_key order by 1")) {
      tables.put(query, database.rows(query));
    }
    return tables;
  }

  /** Without what grows with time. */
  private static JsonNode settled(JsonNode domain) {
    ObjectNode copy = domain.deepCopy();
    copy.remove("observed");
    return copy;
  }
}

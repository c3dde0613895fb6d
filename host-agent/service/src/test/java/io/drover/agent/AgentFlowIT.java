package io.drover.agent;

import static io.drover.agent.testkit.HostTraffic.epoch;
import static io.drover.agent.testkit.HostTraffic.find;
import static io.drover.agent.testkit.HostTraffic.hostId;
import static io.drover.agent.testkit.HostTraffic.qmpMessages;
import static io.drover.agent.testkit.HostTraffic.send;
import static io.drover.agent.testkit.HostTraffic.steps;
import static io.drover.agent.testkit.HostTraffic.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.drover.agent.event.QmpEventMessage;
import io.drover.agent.testkit.Commands;
import io.drover.agent.testkit.Events;
import io.drover.agent.testkit.Secrecy;
import io.drover.agent.testkit.StubPeers;
import io.drover.agent.testkit.Surroundings;
import io.drover.agent.testkit.TestBroker;
import io.drover.agent.testkit.TestGuest;
import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.CreateVolume;
import io.drover.contracts.command.DeleteDomain;
import io.drover.contracts.command.DeleteVolume;
import io.drover.contracts.command.HostCommand;
import io.drover.contracts.command.ImageSource;
import io.drover.contracts.command.StartDomain;
import io.drover.contracts.command.StopDomain;
import io.drover.contracts.command.StopMode;
import io.drover.contracts.command.VolumeAttachment;
import io.drover.contracts.console.ConsoleTicket;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.DomainDeleted;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.DomainStarted;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.StopReason;
import io.drover.contracts.event.VolumeCreated;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.event.VolumeFailed;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.ImageId;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.VolumeId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.Topics;
import io.drover.contracts.report.HostReport;
import io.drover.contracts.signature.GatewayKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The whole agent with a real broker and real guests; its peers answer as their contracts say. */
@QuarkusTest
@QuarkusTestResource(value = Surroundings.class, restrictToAnnotatedClass = true)
class AgentFlowIT {
  private static final String PASSPHRASE = "c2VjcmV0LW9mLXRoZS1hZ2VudC1mbG93LXRlc3QtMDA=";

  @TestHTTPResource URI http;

  private final TestBroker broker = Surroundings.broker();
  private final StubPeers peers = Surroundings.peers();
  private final UUID domain = UUID.randomUUID();
  private final VolumeId volume = new VolumeId(UUID.randomUUID());
  private final KeyId key = new KeyId(UUID.randomUUID());

  @Test
  void aGuestOnAnEncryptedVolumeStartsTalksAndStopsByItself() throws Exception {
    createVolume();
    assertThat(Files.exists(Surroundings.root().resolve("volumes/" + volume))).isTrue();
    peers.withholdGrants(3);
    HostCommand start = start();
    send(start);
    List<Envelope<Object>> events = until(start, DomainStarted.class);
    assertThat(steps(events, start))
        .containsExactly("fetch-keys", "build-argv", "spawn-qemu", "connect-qmp", "start-cpus");
    assertThat(peers.releases().toString())
        .contains(domain.toString(), start.header().id().toString());
    Secrecy.requireNowhere(PASSPHRASE, domain);

    try (TestConsole console = console(ticket(900))) {
      console.awaitText(TestGuest.READY);
      console.type("hello");
      console.awaitText("hello");
      try (TestConsole late = console(ticket(900))) {
        late.awaitText(TestGuest.READY);
      }
      String ending = ticket(2);
      try (TestConsole brief = console(ending)) {
        brief.awaitText(TestGuest.READY);
        assertThat(brief.awaitCode()).isEqualTo(4401);
      }
      console.type("q");
      console.awaitClosed();
    }
    Envelope<Object> stopped =
        Events.untilSeen(broker, domain.toString(), DomainStopped.class).stream()
            .filter(e -> e.data() instanceof DomainStopped && isAbout(e))
            .findFirst()
            .orElseThrow();
    assertThat(((DomainStopped) stopped.data()).reason()).isEqualTo(StopReason.SHUTDOWN);
    assertThat(stopped.operationId()).isNull();
    assertThat(stopped.projectId()).isEqualTo(start.header().projectId());
    qmpEventsCame();
    Secrecy.requireNowhere(PASSPHRASE, domain);
  }

  @Test
  void destroyDeleteAndTheVolumeIsFreeAgain() throws Exception {
    createVolume();
    HostCommand start = start();
    send(start);
    until(start, DomainStarted.class);
    reportNames(true);
    HostCommand tooEarly = new DeleteVolume(Commands.header(volume.value(), 1, epoch()));
    send(tooEarly);
    VolumeFailed failed = (VolumeFailed) find(until(tooEarly, VolumeFailed.class), tooEarly);
    assertThat(failed.problem().code()).isEqualTo(ErrorCode.IN_USE);

    HostCommand destroy = new StopDomain(Commands.header(domain, 1, epoch()), StopMode.DESTROY);
    send(destroy);
    DomainStopped stopped = (DomainStopped) find(until(destroy, DomainStopped.class), destroy);
    assertThat(stopped.reason()).isEqualTo(StopReason.DESTROYED);
    reportNames(false);
    HostCommand delete = new DeleteDomain(Commands.header(domain, 1, epoch()));
    send(delete);
    until(delete, DomainDeleted.class);
    try (var files = Files.walk(Surroundings.root())) {
      assertThat(files.map(Path::toString)).noneMatch(name -> name.contains(domain.toString()));
    }
    HostCommand deleteVolume = new DeleteVolume(Commands.header(volume.value(), 1, epoch()));
    send(deleteVolume);
    until(deleteVolume, VolumeDeleted.class);
    assertThat(Files.exists(Surroundings.root().resolve("volumes/" + volume))).isFalse();
  }

  @Test
  void aDomainOpensOnlyTheVolumesOfItsCommand() throws Exception {
    createVolume();
    HostCommand start =
        new StartDomain(
            Commands.header(domain, 1, epoch()), "thief", TestGuest.definition("thief"), List.of());
    send(start);
    DomainFailed failed = (DomainFailed) find(until(start, DomainFailed.class), start);
    assertThat(failed.step()).isEqualTo("build-argv");
    assertThat(failed.running()).isFalse();
    assertThat(failed.problem().code()).isEqualTo(ErrorCode.INVALID_DEFINITION);
  }

  @Test
  void aTenantReadsNoPathOfTheHostInAnError() throws Exception {
    createVolume();
    Files.delete(Surroundings.root().resolve("volumes/" + volume));
    HostCommand start = start();
    send(start);
    DomainFailed failed = (DomainFailed) find(until(start, DomainFailed.class), start);
    assertThat(failed.problem().detail())
        .contains("volume " + volume)
        .doesNotContain(Surroundings.root().toString());
    assertThat(ContractJson.write(failed)).asString().doesNotContain("/volumes/");
  }

  @Test
  void aTenantsDomainGetsNothingThatOnlyOperatorsMayAskFor() throws Exception {
    String asks =
        TestGuest.diskless("asks")
            .replace("hvm</type>", "hvm</type><kernel>/no/such/kernel</kernel>");
    CommandHeader tenants = Commands.header(domain, 1, epoch());
    HostCommand refused = new StartDomain(tenants, "asks", asks, List.of());
    send(refused);
    Problem why = ((DomainFailed) find(until(refused, DomainFailed.class), refused)).problem();
    assertThat(why.code()).isEqualTo(ErrorCode.FORBIDDEN_FOR_TENANTS);
    assertThat(why.detail()).contains("/domain/os/kernel");

    CommandHeader operators = Commands.operators(Commands.header(domain, 2, epoch()));
    HostCommand looked = new StartDomain(operators, "asks", asks, List.of());
    send(looked);
    assertThat(((DomainFailed) find(until(looked, DomainFailed.class), looked)).problem().code())
        .as("what was looked for on the host")
        .isEqualTo(ErrorCode.HOST_RESOURCE_MISSING);
  }

  @Test
  void anImageOfAnotherHashIsRefusedAndNothingIsLeft() throws Exception {
    ImageSource image = image(TestGuest.disk(), "0".repeat(64));
    HostCommand create =
        new CreateVolume(
            Commands.header(volume.value(), 1, epoch()), "v", 1 << 20, "qcow2", null, image);
    send(create);
    VolumeFailed failed = (VolumeFailed) find(until(create, VolumeFailed.class), create);
    assertThat(failed.step()).isEqualTo("fetch-image");
    assertThat(failed.problem().detail()).contains("SHA-256");
    assertThat(Files.exists(Surroundings.root().resolve("volumes/" + volume))).isFalse();
  }

  @Test
  void aConsoleIsForTicketsAloneAndEachIsForOnce() throws Exception {
    for (String role : List.of("tenant", "gateway", "operator")) {
      String bearer = "Bearer " + peers.token("someone", role);
      refusedConsole(() -> TestConsole.open(consoleUri(), "Authorization", bearer));
    }
    refusedConsole(() -> console("Bearer " + peers.token("someone", "gateway")));
    String once = ticket(900);
    try (TestConsole none = console(once)) {
      assertThat(none.awaitCode()).as("taken, and there is no such domain").isEqualTo(4404);
    }
    refusedConsole(() -> console(once));
  }

  private static void refusedConsole(ThrowingCallable opening) {
    assertThatThrownBy(opening)
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("WebSocketHandshakeException");
  }

  @Test
  void aGuestThatCausesEventsWithoutEndFillsNoTopicAndIsStillStopped() throws Exception {
    createVolume(TestGuest.floodingDisk());
    String panics = "<panic model='isa'/></devices>";
    HostCommand start =
        start(TestGuest.definition("flood-" + domain).replace("</devices>", panics));
    send(start);
    until(start, DomainStarted.class);
    long begun = System.nanoTime();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> metric("drover_agent_events_limited") > 10_000);
    HostCommand destroy = new StopDomain(Commands.header(domain, 1, epoch()), StopMode.DESTROY);
    send(destroy);
    until(destroy, DomainStopped.class);
    long most = 100 + 10 * (Duration.ofNanos(System.nanoTime() - begun).toSeconds() + 1);
    List<ConsumerRecord<String, byte[]>> sent =
        broker.readUntil(
            Topics.QMP_EVENTS, Duration.ofSeconds(60), all -> !qmpMessages(all, domain).isEmpty());
    assertThat(qmpMessages(sent, domain)).hasSizeLessThanOrEqualTo((int) most);
  }

  private double metric(String name) throws Exception {
    return get("q/metrics")
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Test
  void exportsNoTracesWithoutACollector() {
    assertThat(
            ConfigProvider.getConfig()
                .getValue("quarkus.otel.exporter.otlp.endpoint", String.class))
        .isBlank();
  }

  @Test
  void showsHealthAndMetrics() throws Exception {
    assertThat(get("q/health/ready")).contains("\"UP\"");
    assertThat(get("q/metrics"))
        .contains("drover_agent_domains", "drover_agent_events_unsent_bytes");
  }

  private void createVolume() throws Exception {
    createVolume(TestGuest.disk());
  }

  private void createVolume(byte[] disk) throws Exception {
    peers.putKey(key.toString(), PASSPHRASE);
    ImageSource image = image(disk, HexFormat.of().formatHex(sha256(disk)));
    HostCommand create =
        new CreateVolume(
            Commands.header(volume.value(), 1, epoch()), "root", 1 << 20, "qcow2", key, image);
    send(create);
    List<Envelope<Object>> events = until(create, VolumeCreated.class);
    assertThat(steps(events, create)).containsExactly("fetch-key", "fetch-image", "write-volume");
  }

  private ImageSource image(byte[] disk, String sha256) {
    ImageId id = new ImageId(UUID.randomUUID());
    peers.putImage(id.toString(), disk);
    return new ImageSource(id, "raw", disk.length, sha256);
  }

  private HostCommand start() throws Exception {
    return start(TestGuest.definition("guest-" + domain));
  }

  private HostCommand start(String definition) throws Exception {
    return new StartDomain(
        Commands.header(domain, 1, epoch()),
        "guest",
        definition,
        List.of(new VolumeAttachment(volume, "root", key)));
  }

  private boolean isAbout(Envelope<Object> event) {
    return event.subject().equals(domain.toString());
  }

  private void reportNames(boolean running) {
    broker.readUntil(
        Topics.HOST_REPORTS,
        Duration.ofSeconds(60),
        reports ->
            !reports.isEmpty()
                && report(reports.get(reports.size() - 1)).domains().stream()
                        .anyMatch(d -> d.domainId().value().equals(domain) && d.generation() == 1)
                    == running);
  }

  private static HostReport report(ConsumerRecord<String, byte[]> record) {
    return ContractJson.read(record.value(), HostReport.class);
  }

  /** Each event of a guest's life, in order, with the numbers that QEMU sent. */
  private void qmpEventsCame() throws Exception {
    HostId host = hostId();
    List<QmpEventMessage> messages =
        qmpMessages(
            broker.readUntil(
                Topics.QMP_EVENTS,
                Duration.ofSeconds(60),
                records ->
                    qmpMessages(records, domain).stream()
                        .anyMatch(e -> hasReason(e, "host-qmp-quit"))),
            domain);
    assertThat(messages)
        .extracting(QmpEventMessage::event)
        .containsSubsequence("RESUME", "SHUTDOWN", "STOP", "SHUTDOWN");
    assertThat(messages)
        .allSatisfy(
            each -> {
              assertThat(each.hostId()).isEqualTo(host);
              assertThat(each.timestamp().path("seconds").asLong()).isPositive();
              assertThat(each.timestamp().has("microseconds")).isTrue();
            })
        .anyMatch(each -> each.data().path("guest").asBoolean());
  }

  private static boolean hasReason(QmpEventMessage messages, String reason) {
    return messages.data().path("reason").asText().equals(reason);
  }

  private TestConsole console(String ticket) {
    return TestConsole.open(consoleUri(), ConsoleTicket.HEADER, ticket);
  }

  private URI consoleUri() {
    return URI.create(
        "ws://" + http.getHost() + ":" + http.getPort() + "/v1/domains/" + domain + "/console");
  }

  private String ticket(long secondsOfLogin) throws Exception {
    Instant now = Instant.now();
    return new ConsoleTicket(
            UUID.randomUUID(),
            hostId(),
            new DomainId(domain),
            "tina",
            now.plus(ConsoleTicket.LIFE),
            now.plusSeconds(secondsOfLogin))
        .signed(GatewayKey.signer());
  }

  private String get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(http.resolve(path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static byte[] sha256(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }
}

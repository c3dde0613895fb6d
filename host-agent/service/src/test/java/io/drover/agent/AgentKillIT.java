package io.drover.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drover.agent.testkit.AgentProcess;
import io.drover.agent.testkit.Commands;
import io.drover.agent.testkit.Events;
import io.drover.agent.testkit.TestBroker;
import io.drover.agent.testkit.TestGuest;
import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.HostCommand;
import io.drover.contracts.command.OperateDomain;
import io.drover.contracts.command.StartDomain;
import io.drover.contracts.command.StopDomain;
import io.drover.contracts.command.StopMode;
import io.drover.contracts.event.CommandSuperseded;
import io.drover.contracts.event.DomainObserved;
import io.drover.contracts.event.DomainStarted;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.OperationSucceeded;
import io.drover.contracts.event.StopReason;
import io.drover.contracts.id.HostId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.Topics;
import io.drover.contracts.operation.Resume;
import io.drover.contracts.operation.Suspend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that is really killed, with guests that must not notice. */
class AgentKillIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;
  private final UUID domain = UUID.randomUUID();
  private TestBroker broker;
  private AgentProcess agent;
  private long epoch;

  @BeforeEach
  void start() throws Exception {
    broker =
        TestBroker.start(
            folder.resolve("kafka"),
            Topics.DOMAIN_EVENTS,
            Topics.QMP_EVENTS,
            Topics.HOST_REPORTS,
            Topics.DEAD_LETTERS);
    startAgent();
  }

  @AfterEach
  void stop() throws Exception {
    agent.close();
    guest().ifPresent(ProcessHandle::destroyForcibly);
    broker.close();
  }

  @Test
  void aKilledAgentFindsItsGuestAgainAndStopsIt() throws Exception {
    HostCommand start = startDomain();
    send(start);
    until(e -> e.data() instanceof DomainStarted);
    long pid = guest().orElseThrow().pid();
    agent.kill();
    assertThat(guest().orElseThrow().pid()).isEqualTo(pid);
    startAgent();
    DomainObserved seen = (DomainObserved) until(e -> e.data() instanceof DomainObserved).data();
    assertThat(seen.state()).isEqualTo("running");
    HostCommand ofACopy = new StopDomain(header(epoch + 1), StopMode.DESTROY);
    send(ofACopy);
    until(e -> isOf(e, ofACopy) && e.data() instanceof CommandSuperseded);
    HostCommand destroy = new StopDomain(header(epoch), StopMode.DESTROY);
    send(destroy);
    until(e -> isOf(e, destroy) && e.data() instanceof DomainStopped);
    await().atMost(PATIENCE).until(() -> guest().isEmpty());
  }

  @Test
  void aGuestThatEndsWhileNoAgentRunsIsReportedStopped() throws Exception {
    send(startDomain());
    until(e -> e.data() instanceof DomainStarted);
    agent.kill();
    guest().orElseThrow().destroyForcibly();
    await().atMost(PATIENCE).until(() -> guest().isEmpty());
    startAgent();
    Envelope<Object> stopped = until(e -> e.data() instanceof DomainStopped);
    assertThat(stopped.generation()).isEqualTo(1);
    assertThat(((DomainStopped) stopped.data()).reason())
        .isIn(StopReason.UNKNOWN, StopReason.CRASHED);
  }

  @Test
  void aStartThatWasJournalledAndNeverBegunRunsAfterTheRestart() throws Exception {
    agent.kill();
    HostCommand start = startDomain();
    plant(start);
    startAgent();
    until(e -> isOf(e, start) && e.data() instanceof DomainStarted);
    assertThat(guest()).isPresent();
  }

  @Test
  void aStartWhoseGuestRunsAlreadyIsReportedOnceMoreAndNotStartedTwice() throws Exception {
    HostCommand start = startDomain();
    send(start);
    until(e -> e.data() instanceof DomainStarted);
    long pid = guest().orElseThrow().pid();
    agent.kill();
    Files.deleteIfExists(folder.resolve("h/agent/commands/done"));
    plant(start);
    startAgent();
    List<Envelope<Object>> events =
        Events.until(
            broker,
            PATIENCE,
            all -> all.stream().filter(e -> e.data() instanceof DomainStarted).count() == 2);
    assertThat(events.stream().filter(e -> e.data() instanceof DomainStarted).map(Envelope::id))
        .as("told again it is the same event")
        .hasSize(2)
        .containsOnly(
            events.stream()
                .filter(e -> e.data() instanceof DomainStarted)
                .findFirst()
                .orElseThrow()
                .id());
    assertThat(guests()).containsExactly(pid);
  }

  @Test
  void anOperationThatWasJournalledAndNeverBegunRunsAfterTheRestart() throws Exception {
    send(startDomain());
    until(e -> e.data() instanceof DomainStarted);
    agent.kill();
    HostCommand suspend = new OperateDomain(header(epoch), new Suspend(), List.of());
    plant(suspend);
    startAgent();
    until(e -> isOf(e, suspend) && e.data() instanceof OperationSucceeded);
    until(e -> e.data() instanceof DomainObserved seen && seen.state().equals("paused"));
    agent.kill();
    startAgent();
    HostCommand resume = new OperateDomain(header(epoch), new Resume(), List.of());
    send(resume);
    until(e -> isOf(e, resume) && e.data() instanceof OperationSucceeded);
  }

  @Test
  void theQuestionWhetherAGuestRunsEndsNoGuestAndNoStartFollowsItsAnswer() throws Exception {
    HostCommand before = new StopDomain(header(epoch), StopMode.CONFIRM_END);
    send(before);
    until(e -> isOf(e, before) && e.data() instanceof DomainStopped);
    HostCommand late = startDomain();
    send(late);
    until(e -> isOf(e, late) && e.data() instanceof CommandSuperseded);
    HostCommand start =
        new StartDomain(
            Commands.header(domain, 2, epoch), "guest", TestGuest.diskless("guest"), List.of());
    send(start);
    HostCommand duringTheStart =
        new StopDomain(Commands.header(domain, 2, epoch), StopMode.CONFIRM_END);
    send(duringTheStart);
    until(e -> isOf(e, duringTheStart) && e.data() instanceof DomainObserved);
    long pid = guest().orElseThrow().pid();
    agent.kill();
    startAgent();
    HostCommand afterTheKill =
        new StopDomain(Commands.header(domain, 2, epoch), StopMode.CONFIRM_END);
    send(afterTheKill);
    until(e -> isOf(e, afterTheKill) && e.data() instanceof DomainObserved);
    assertThat(guests()).containsExactly(pid);
  }

  @Test
  void guestsOutliveAnOrderlyEndToo() throws Exception {
    send(startDomain());
    until(e -> e.data() instanceof DomainStarted);
    agent.terminate();
    assertThat(guest()).isPresent();
  }

  /** What a kill leaves between the journal and the handler. */
  private void plant(HostCommand command) throws IOException {
    Path file = folder.resolve("h/agent/commands/%020d-planted.json".formatted(99));
    Map<String, Object> entry =
        Map.of("order", 99, "headers", Commands.headers(command), "value", Commands.value(command));
    Files.createDirectories(file.getParent());
    Files.write(file, ContractJson.write(entry));
  }

  private void startAgent() throws Exception {
    long before = epoch;
    agent = AgentProcess.start(folder.resolve("h"), broker.servers());
    await().atMost(PATIENCE).until(() -> epochOnDisk() > before);
    epoch = epochOnDisk();
  }

  private long epochOnDisk() throws IOException {
    return own("epoch").filter(text -> !text.isEmpty()).map(Long::parseLong).orElse(0L);
  }

  private CommandHeader header(long ofEpoch) {
    return Commands.header(domain, 1, ofEpoch);
  }

  private HostCommand startDomain() {
    return new StartDomain(header(epoch), "guest", TestGuest.diskless("guest"), List.of());
  }

  private void send(HostCommand command) throws Exception {
    String topic = Topics.hostCommands(HostId.parse(own("host-id").orElseThrow()));
    await().atMost(PATIENCE).until(() -> broker.topics().contains(topic));
    Commands.send(broker, topic, command);
  }

  private Envelope<Object> until(Predicate<Envelope<Object>> wanted) {
    return Events.until(broker, PATIENCE, all -> all.stream().anyMatch(wanted)).stream()
        .filter(wanted)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isOf(Envelope<Object> event, HostCommand command) {
    return command.header().operationId().equals(event.operationId());
  }

  private Optional<ProcessHandle> guest() {
    return guests().stream().findFirst().flatMap(ProcessHandle::of);
  }

  private List<Long> guests() {
    return ProcessHandle.allProcesses()
        .filter(p -> isGuest(p.pid()))
        .map(ProcessHandle::pid)
        .toList();
  }

  private boolean isGuest(long pid) {
    try {
      String argv =
          new String(
              Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline")), StandardCharsets.UTF_8);
      return argv.contains("qemu-system") && argv.contains(domain.toString());
    } catch (IOException e) {
      return false;
    }
  }

  private Optional<String> own(String file) throws IOException {
    Path path = folder.resolve("h/agent/" + file);
    return Files.exists(path) ? Optional.of(Files.readString(path).strip()) : Optional.empty();
  }
}

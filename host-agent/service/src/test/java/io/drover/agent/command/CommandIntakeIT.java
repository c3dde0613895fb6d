package io.drover.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.drover.agent.event.EventOutlet;
import io.drover.agent.testkit.Commands;
import io.drover.agent.testkit.Events;
import io.drover.agent.testkit.TestBroker;
import io.drover.agent.testkit.TestGuest;
import io.drover.contracts.command.AbortOperation;
import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.CreateVolume;
import io.drover.contracts.command.DeleteDomain;
import io.drover.contracts.command.DeleteVolume;
import io.drover.contracts.command.HostCommand;
import io.drover.contracts.command.OperateDomain;
import io.drover.contracts.command.StartDomain;
import io.drover.contracts.command.StopDomain;
import io.drover.contracts.command.StopMode;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.CommandSuperseded;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.VolumeFailed;
import io.drover.contracts.id.HostId;
import io.drover.contracts.message.DeadLetterContract;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.Topics;
import io.drover.contracts.signature.SchedulerKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandIntakeIT {
  @TempDir static Path brokerFolder;
  private static TestBroker broker;

  @TempDir Path folder;
  private final HostId hostId = new HostId(UUID.randomUUID());
  private final String topic = Topics.hostCommands(hostId);
  private final List<HostCommand> handled = new CopyOnWriteArrayList<>();
  private final CountDownLatch hung = new CountDownLatch(1);
  private final Set<UUID> here = ConcurrentHashMap.newKeySet();
  private final UUID hangingSubject = UUID.randomUUID();
  private EventOutlet outbound;
  private CommandIntake inbound;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = TestBroker.start(brokerFolder, Topics.DOMAIN_EVENTS, Topics.DEAD_LETTERS);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void start() {
    open(1);
  }

  @AfterEach
  void stop() throws Exception {
    hung.countDown();
    inbound.stop(Duration.ofSeconds(5));
    outbound.stop(Duration.ofSeconds(5));
  }

  @Test
  void makesTheMissingTopicAndTakesCommands() throws Exception {
    await().atMost(Duration.ofSeconds(60)).until(() -> broker.topics().contains(topic));
    HostCommand command = delete(UUID.randomUUID(), 1, 1);
    Commands.send(broker, topic, command);
    awaitHandled(1);
    assertThat(handled).containsExactly(command);
    await().atMost(Duration.ofSeconds(60)).until(() -> inbound.unfinished() == 0);
  }

  @Test
  void saysHowFarItHasReadAndIsNotReadyWhileItCannotKeepWhatComes() throws Exception {
    awaitReading();
    Commands.send(broker, topic, delete(UUID.randomUUID(), 1, 1));
    await().atMost(Duration.ofSeconds(60)).until(() -> inbound.next().orElse(-1) == 1);
    Path journal = folder.resolve("commands");
    Path away = folder.resolve("away");
    Files.move(journal, away);
    HostCommand command =
        new StartDomain(
            Commands.header(UUID.randomUUID(), 1, 1), "d", TestGuest.diskless("d"), List.of());
    Commands.send(broker, topic, command);
    await().atMost(Duration.ofSeconds(60)).until(() -> !inbound.isReading());
    assertThat(inbound.next()).hasValue(1);
    Files.move(away, journal);
    awaitHandled(2);
    assertThat(handled).endsWith(command);
    await().atMost(Duration.ofSeconds(60)).until(() -> inbound.next().orElse(-1) == 2);
    awaitReading();
  }

  @Test
  void refusesOtherEpochsOlderGenerationsAndExpiredCommands() throws Exception {
    awaitReading();
    UUID subject = UUID.randomUUID();
    Commands.send(broker, topic, delete(subject, 5, 1));
    HostCommand otherEpoch = delete(UUID.randomUUID(), 1, 7);
    HostCommand older = delete(subject, 4, 1);
    HostCommand expired =
        new DeleteDomain(Commands.header(UUID.randomUUID(), 1, 1, Instant.now().minusSeconds(1)));
    for (HostCommand command : List.of(otherEpoch, older, expired)) {
      Commands.send(broker, topic, command);
      assertThat(superseded(command).commandId()).isEqualTo(command.header().id());
    }
    assertThat(superseded(expired).problem().code()).isEqualTo(ErrorCode.EXPIRED);
    assertThat(superseded(older).problem().code()).isEqualTo(ErrorCode.SUPERSEDED);
    assertThat(handled).hasSize(1);
  }

  @Test
  void aRecordThatIsNoCommandBecomesADeadLetterAndFailsItsOperation() throws Exception {
    awaitReading();
    HostCommand domain = delete(UUID.randomUUID(), 1, 1);
    HostCommand volume = new DeleteVolume(Commands.header(UUID.randomUUID(), 1, 1));
    byte[] broken = "{\"header\":".getBytes(StandardCharsets.UTF_8);
    String ofDomain = domain.header().subject().toString();
    String ofVolume = volume.header().subject().toString();
    Map<String, Map<String, byte[]>> sent =
        Map.of(
            ofDomain,
            SchedulerKey.signed(topic, ofDomain, Commands.headers(domain), broken),
            ofVolume,
            SchedulerKey.signed(topic, ofVolume, Commands.headers(volume), broken),
            "k",
            SchedulerKey.signed(topic, "k", Map.of(), broken));
    for (String key : List.of(ofDomain, ofVolume, "k")) {
      broker.send(topic, key, sent.get(key), broken);
    }
    HostCommand after = delete(UUID.randomUUID(), 1, 1);
    Commands.send(broker, topic, after);
    awaitHandled(1);
    assertThat(eventOf(domain, DomainFailed.class).operationId())
        .isEqualTo(domain.header().operationId());
    assertThat(eventOf(volume, VolumeFailed.class).operationId())
        .isEqualTo(volume.header().operationId());
    List<ConsumerRecord<String, byte[]>> letters =
        broker.readUntil(
            Topics.DEAD_LETTERS,
            Duration.ofSeconds(60),
            all -> all.stream().filter(this::isFromHere).count() == 3);
    assertThat(letters.stream().filter(this::isFromHere))
        .allSatisfy(
            letter ->
                DeadLetterContract.check(
                    headers(letter),
                    EventSource.hostAgent(hostId),
                    topic,
                    sent.getOrDefault(letter.key(), Map.of())));
  }

  @Test
  void aRecordThatIsNoCommandFreesNoClaimWhileItsDomainIsHere() throws Exception {
    awaitReading();
    HostCommand gone = delete(UUID.randomUUID(), 1, 1);
    HostCommand runs = delete(UUID.randomUUID(), 1, 1);
    here.add(runs.header().subject());
    byte[] broken = "{\"header\":".getBytes(StandardCharsets.UTF_8);
    Commands.send(
        broker, topic, gone.header().subject().toString(), Commands.headers(gone), broken);
    Commands.send(
        broker, topic, runs.header().subject().toString(), Commands.headers(runs), broken);
    assertThat(((DomainFailed) eventOf(gone, DomainFailed.class).data()).running()).isFalse();
    assertThat(((DomainFailed) eventOf(runs, DomainFailed.class).data()).running()).isTrue();
  }

  @Test
  void readingTheTopicAgainFromTheBeginChangesNothing() throws Exception {
    HostCommand first = delete(UUID.randomUUID(), 1, 1);
    awaitReading();
    Commands.send(broker, topic, first);
    awaitHandled(1);
    await().atMost(Duration.ofSeconds(60)).until(() -> inbound.unfinished() == 0);
    stop();
    Files.delete(folder.resolve("commands/position"));
    open(1);
    HostCommand second = delete(UUID.randomUUID(), 1, 1);
    Commands.send(broker, topic, second);
    awaitHandled(2);
    assertThat(handled).containsExactly(first, second);
  }

  @Test
  void goesOnBehindTheLastTakenRecordAfterARestart() throws Exception {
    awaitReading();
    Commands.send(broker, topic, delete(UUID.randomUUID(), 1, 1));
    awaitHandled(1);
    stop();
    HostCommand late = delete(UUID.randomUUID(), 1, 2);
    Commands.send(broker, topic, late);
    open(2);
    awaitHandled(2);
    assertThat(handled.get(1)).isEqualTo(late);
  }

  @Test
  void aHungSubjectHoldsUpItselfAloneAndIsResumedAfterACrash() throws Exception {
    awaitReading();
    HostCommand hanging = delete(hangingSubject, 1, 1);
    Commands.send(broker, topic, hanging);
    awaitHandled(1);
    HostCommand behind = new StopDomain(Commands.header(hangingSubject, 1, 1), StopMode.DESTROY);
    HostCommand other = delete(UUID.randomUUID(), 1, 1);
    Commands.send(broker, topic, behind);
    Commands.send(broker, topic, other);
    awaitHandled(2);
    assertThat(handled).containsExactly(hanging, other);
    assertThat(inbound.unfinished()).isEqualTo(2);
    // what kill -9 leaves: the journal with both, opened again by the next agent
    inbound.stop(Duration.ofMillis(50));
    outbound.stop(Duration.ofSeconds(5));
    handled.clear();
    hung.countDown();
    open(2);
    awaitHandled(2);
    assertThat(handled).containsExactly(hanging, behind);
    await().atMost(Duration.ofSeconds(60)).until(() -> inbound.unfinished() == 0);
  }

  @Test
  void aFailedCommandSaysInWhichStepAndIsDone() throws Exception {
    awaitReading();
    HostCommand command =
        new StartDomain(
            Commands.header(UUID.randomUUID(), 1, 1), "d", TestGuest.diskless("d"), List.of());
    Commands.send(broker, topic, command);
    DomainFailed failed = (DomainFailed) eventOf(command, DomainFailed.class).data();
    assertThat(failed.step()).isEqualTo("spawn-qemu");
    assertThat(failed.problem().code()).isEqualTo(ErrorCode.QEMU_START_FAILED);
    await().atMost(Duration.ofSeconds(60)).until(() -> inbound.unfinished() == 0);
  }

  @Test
  void aKindOfCommandWithoutAHandlerStopsTheAgent() {
    assertThatThrownBy(() -> open(1, List.of(handler(DeleteDomain.class))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("No handler");
  }

  private void open(long epoch) {
    open(
        epoch,
        List.of(
            handler(StartDomain.class),
            handler(StopDomain.class),
            handler(DeleteDomain.class),
            handler(OperateDomain.class),
            handler(AbortOperation.class),
            handler(CreateVolume.class),
            handler(DeleteVolume.class)));
    outbound.start();
    inbound.start();
  }

  private void open(long epoch, List<CommandHandler<?>> handlers) {
    IntakeParts parts =
        IntakeParts.open(broker, folder, hostId, epoch, handlers, id -> here.contains(id.value()));
    outbound = parts.outbound();
    inbound = parts.inbound();
  }

  private <C extends HostCommand> CommandHandler<C> handler(Class<C> kind) {
    return new CommandHandler<>() {
      @Override
      public Class<C> handles() {
        return kind;
      }

      @Override
      public Outcome handle(C command, CommandRun run) {
        handled.add(command);
        if (command instanceof StartDomain) {
          run.enter("spawn-qemu");
          throw new ProblemException(ErrorCode.QEMU_START_FAILED, "QEMU ended with status 1.");
        }
        if (command.header().subject().equals(hangingSubject)) {
          hang();
        }
        return Outcome.DONE;
      }

      @Override
      public Event failure(C command, Problem problem, String step) {
        return new DomainFailed(problem, step, false);
      }
    };
  }

  private void hang() {
    try {
      if (!hung.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("The test did not end the hang");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static DeleteDomain delete(UUID subject, long generation, long epoch) {
    return new DeleteDomain(Commands.header(subject, generation, epoch));
  }

  private void awaitReading() {
    await().atMost(Duration.ofSeconds(60)).until(inbound::isReading);
  }

  private void awaitHandled(int count) {
    await().atMost(Duration.ofSeconds(60)).until(() -> handled.size() >= count);
  }

  private CommandSuperseded superseded(HostCommand command) {
    return (CommandSuperseded) eventOf(command, CommandSuperseded.class).data();
  }

  private Envelope<Object> eventOf(HostCommand command, Class<?> type) {
    CommandHeader header = command.header();
    return Events.until(
            broker,
            Duration.ofSeconds(60),
            events -> events.stream().anyMatch(e -> matches(e, header, type)))
        .stream()
        .filter(e -> matches(e, header, type))
        .findFirst()
        .orElseThrow();
  }

  private static boolean matches(Envelope<Object> event, CommandHeader header, Class<?> type) {
    return type.isInstance(event.data()) && header.operationId().equals(event.operationId());
  }

  private static Map<String, byte[]> headers(ConsumerRecord<String, byte[]> letter) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    letter.headers().forEach(header -> headers.put(header.key(), header.value()));
    return headers;
  }

  private boolean isFromHere(ConsumerRecord<String, byte[]> letter) {
    return new String(letter.headers().lastHeader("drover_topic").value(), StandardCharsets.UTF_8)
        .equals(topic);
  }
}

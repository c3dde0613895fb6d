package io.drover.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drover.agent.event.EventOutlet;
import io.drover.agent.testkit.Commands;
import io.drover.agent.testkit.Events;
import io.drover.agent.testkit.TestBroker;
import io.drover.agent.testkit.TestGuest;
import io.drover.contracts.command.DeleteDomain;
import io.drover.contracts.command.HostCommand;
import io.drover.contracts.command.StartDomain;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.CommandSuperseded;
import io.drover.contracts.id.HostId;
import io.drover.contracts.message.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that were sent to an agent, and that its next run is the first to read. */
class FormerEpochIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final HostId hostId = new HostId(UUID.randomUUID());
  private final String topic = Topics.hostCommands(hostId);
  private final List<HostCommand> handled = new CopyOnWriteArrayList<>();
  private TestBroker broker;
  private EventOutlet outbound;
  private CommandIntake inbound;

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.start(folder.resolve("kafka"), Topics.DOMAIN_EVENTS, Topics.DEAD_LETTERS);
    open(1);
  }

  @AfterEach
  void stop() throws Exception {
    end();
    broker.close();
  }

  @Test
  void areCarriedOutOnceAndOnlyIfNoLaterCommandHasOvertakenThem() throws Exception {
    UUID subject = UUID.randomUUID();
    Commands.send(broker, topic, delete(subject, 5, 1));
    awaitHandled(1);
    end();
    HostCommand unread = delete(UUID.randomUUID(), 1, 1);
    Commands.send(broker, topic, unread);
    HostCommand lateStart =
        new StartDomain(Commands.header(subject, 5, 1), "d", TestGuest.diskless("d"), List.of());
    Commands.send(broker, topic, lateStart);
    open(2);
    assertThat(refusalOf(lateStart).detail()).contains("had a command already");
    awaitHandled(2);
    end();
    Files.delete(folder.resolve("commands/position"));
    open(3);
    HostCommand last = delete(UUID.randomUUID(), 1, 2);
    Commands.send(broker, topic, last);
    awaitHandled(3);
    assertThat(handled.subList(1, 3)).containsExactly(unread, last);
  }

  @Test
  void areRefusedByAnAgentThatWasInstalledAnew() throws Exception {
    end();
    HostCommand former = delete(UUID.randomUUID(), 1, 1);
    Commands.send(broker, topic, former);
    try (Stream<Path> files = Files.list(folder.resolve("commands"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    open(2);
    assertThat(refusalOf(former).detail()).contains("begins with epoch 2");
    assertThat(handled).isEmpty();
  }

  private void open(long epoch) {
    List<CommandHandler<?>> handlers = RememberingHandler.ofAll(handled);
    IntakeParts parts = IntakeParts.open(broker, folder, hostId, epoch, handlers, id -> false);
    outbound = parts.outbound();
    inbound = parts.inbound();
    outbound.start();
    inbound.start();
    await().atMost(PATIENCE).until(inbound::isReading);
  }

  private void end() throws InterruptedException {
    inbound.stop(Duration.ofSeconds(5));
    outbound.stop(Duration.ofSeconds(5));
  }

  private static DeleteDomain delete(UUID subject, long generation, long epoch) {
    return new DeleteDomain(Commands.header(subject, generation, epoch));
  }

  private void awaitHandled(int count) {
    await().atMost(PATIENCE).until(() -> handled.size() >= count && inbound.unfinished() == 0);
  }

  private Problem refusalOf(HostCommand command) throws Exception {
    return Events.until(
            broker, PATIENCE, all -> all.stream().anyMatch(e -> refuses(e.data(), command)))
        .stream()
        .filter(e -> refuses(e.data(), command))
        .map(e -> ((CommandSuperseded) e.data()).problem())
        .findFirst()
        .orElseThrow();
  }

  private static boolean refuses(Object event, HostCommand command) {
    return event instanceof CommandSuperseded refusal
        && refusal.commandId().equals(command.header().id());
  }
}

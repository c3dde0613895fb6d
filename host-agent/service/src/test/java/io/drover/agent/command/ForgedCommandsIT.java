package io.drover.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drover.agent.testkit.Commands;
import io.drover.agent.testkit.Events;
import io.drover.agent.testkit.TestBroker;
import io.drover.contracts.command.DeleteDomain;
import io.drover.contracts.command.HostCommand;
import io.drover.contracts.id.HostId;
import io.drover.contracts.message.Topics;
import io.drover.contracts.message.UntrustedRecord;
import io.drover.contracts.signature.RecordSigner;
import io.drover.contracts.signature.SchedulerKey;
import io.drover.contracts.signature.SignedRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host does what its scheduler has signed, and nothing else. */
class ForgedCommandsIT {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  @TempDir static Path brokerFolder;
  private static TestBroker broker;

  @TempDir Path folder;
  private final HostId hostId = new HostId(UUID.randomUUID());
  private final String topic = Topics.hostCommands(hostId);
  private final List<HostCommand> handled = new CopyOnWriteArrayList<>();
  private IntakeParts parts;

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
    List<CommandHandler<?>> handlers = RememberingHandler.ofAll(handled);
    parts = IntakeParts.open(broker, folder, hostId, 1, handlers, id -> false);
    parts.outbound().start();
    parts.inbound().start();
    await().atMost(DEADLINE).until(parts.inbound()::isReading);
  }

  @AfterEach
  void stop() throws Exception {
    parts.inbound().stop(Duration.ofSeconds(5));
    parts.outbound().stop(Duration.ofSeconds(5));
  }

  @Test
  void whatNoSchedulerHasSignedHasNoEffect() throws Exception {
    HostCommand forged = delete();
    String key = forged.header().subject().toString();
    Map<String, byte[]> plain = Commands.headers(forged);
    byte[] value = Commands.value(forged);
    broker.send(topic, key, plain, value);
    broker.send(topic, key, signedByAnother(topic, key, plain, value), value);
    String elsewhere = Topics.hostCommands(new HostId(UUID.randomUUID()));
    broker.send(topic, key, SchedulerKey.signed(elsewhere, key, plain, value), value);
    broker.send(topic, key, SchedulerKey.signed(topic, key, plain, value), changed(value));
    Map<String, byte[]> renamed = new HashMap<>(SchedulerKey.signed(topic, key, plain, value));
    renamed.put("ce_operationid", UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
    broker.send(topic, key, renamed, value);
    HostCommand after = delete();

    Commands.send(broker, topic, after);

    awaitHandled(1);
    assertThat(handled).containsExactly(after);
    assertThat(parts.meters().get(UntrustedRecord.METRIC).counter().count()).isEqualTo(5);
    broker.readUntil(
        Topics.DEAD_LETTERS,
        DEADLINE,
        all -> all.stream().filter(letter -> key.equals(letter.key())).count() == 5);
    byte[] broken = "{".getBytes(StandardCharsets.UTF_8);
    HostCommand unreadable = delete(); // signed, so its operation fails
    Commands.send(
        broker,
        topic,
        unreadable.header().subject().toString(),
        Commands.headers(unreadable),
        broken);
    assertThat(Events.until(broker, DEADLINE, all -> !all.isEmpty()))
        .as("no operation of a forged record is failed")
        .noneMatch(event -> event.subject().equals(key));
  }

  private static DeleteDomain delete() {
    return new DeleteDomain(Commands.header(UUID.randomUUID(), 1, 1));
  }

  private void awaitHandled(int count) {
    await().atMost(DEADLINE).until(() -> handled.size() >= count);
  }

  private static Map<String, byte[]> signedByAnother(
      String topic, String key, Map<String, byte[]> headers, byte[] value) {
    KeyPair unknown = SchedulerKey.pair();
    String signature =
        RecordSigner.of(unknown.getPrivate()).sign(new SignedRecord(topic, key, headers, value));
    Map<String, byte[]> all = new HashMap<>(headers);
    all.put(SignedRecord.HEADER, signature.getBytes(StandardCharsets.UTF_8));
    return all;
  }

  private static byte[] changed(byte[] value) {
    byte[] other = value.clone();
    other[other.length / 2] ^= 1;
    return other;
  }
}

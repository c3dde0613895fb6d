package io.drover.agent.testkit;

import static org.awaitility.Awaitility.await;

import io.drover.agent.event.QmpEventMessage;
import io.drover.contracts.command.HostCommand;
import io.drover.contracts.event.StepCompleted;
import io.drover.contracts.id.HostId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Commands to the agent that runs in its {@link Surroundings}, and what it says of them. */
public final class HostTraffic {
  private HostTraffic() {}

  public static void send(HostCommand command) throws Exception {
    TestBroker broker = Surroundings.broker();
    String topic = Topics.hostCommands(hostId());
    await().atMost(Duration.ofSeconds(60)).until(() -> broker.topics().contains(topic));
    Commands.send(broker, topic, command);
  }

  /** All events up to the first of this type that the command has led to. */
  public static List<Envelope<Object>> until(HostCommand command, Class<?> type) {
    return Events.until(
        Surroundings.broker(),
        Duration.ofSeconds(90),
        events -> events.stream().anyMatch(e -> isOf(e, command) && type.isInstance(e.data())));
  }

  /** The first event of the command that is no step. */
  public static Object find(List<Envelope<Object>> events, HostCommand command) {
    return events.stream()
        .filter(e -> isOf(e, command) && !(e.data() instanceof StepCompleted))
        .findFirst()
        .orElseThrow()
        .data();
  }

  public static List<String> steps(List<Envelope<Object>> events, HostCommand command) {
    return events.stream()
        .filter(e -> isOf(e, command))
        .flatMap(e -> e.data() instanceof StepCompleted s ? Stream.of(s.step()) : Stream.empty())
        .toList();
  }

  /** The QMP events of this domain among the records. */
  public static List<QmpEventMessage> qmpMessages(
      List<ConsumerRecord<String, byte[]>> records, UUID domain) {
    return records.stream()
        .filter(record -> record.key().equals(domain.toString()))
        .map(record -> ContractJson.read(record.value(), QmpEventMessage.class))
        .toList();
  }

  private static boolean isOf(Envelope<Object> event, HostCommand command) {
    return command.header().operationId().equals(event.operationId());
  }

  public static HostId hostId() throws IOException {
    return HostId.parse(own("host-id"));
  }

  public static long epoch() throws IOException {
    return Long.parseLong(own("epoch"));
  }

  private static String own(String file) throws IOException {
    return Files.readString(Surroundings.root().resolve("agent/" + file)).strip();
  }
}

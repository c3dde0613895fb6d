package io.drover.agent.testkit;

import io.drover.contracts.command.Cause;
import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.HostCommand;
import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.signature.SchedulerKey;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Commands as the scheduler sends them. */
public final class Commands {
  private Commands() {}

  public static CommandHeader header(UUID subject, long generation, long epoch, Instant expiresAt) {
    return new CommandHeader(
        new CommandId(UUID.randomUUID()),
        new OperationId(UUID.randomUUID()),
        new ProjectId(UUID.randomUUID()),
        subject,
        generation,
        epoch,
        expiresAt,
        new Cause("alice", "test"),
        false);
  }

  public static CommandHeader header(UUID subject, long generation, long epoch) {
    return header(subject, generation, epoch, Instant.now().plusSeconds(120));
  }

  /** The same of an operator. */
  public static CommandHeader operators(CommandHeader header) {
    return new CommandHeader(
        header.id(),
        header.operationId(),
        header.projectId(),
        header.subject(),
        header.generation(),
        header.hostEpoch(),
        header.expiresAt(),
        header.cause(),
        true);
  }

  public static Map<String, byte[]> headers(HostCommand command) {
    CommandHeader header = command.header();
    return CloudEvents.headers(
        new Envelope<>(
            header.id().value(),
            URI.create("/schedulers/test"),
            header.subject().toString(),
            Instant.now(),
            0,
            0,
            header.projectId(),
            header.operationId(),
            header.generation(),
            command));
  }

  public static byte[] value(HostCommand command) {
    return ContractJson.write(command);
  }

  public static long send(TestBroker broker, String topic, HostCommand command) throws Exception {
    String key = command.header().subject().toString();
    return send(broker, topic, key, headers(command), value(command));
  }

  /** A record that the scheduler has signed, whatever it is. */
  public static long send(
      TestBroker broker, String topic, String key, Map<String, byte[]> headers, byte[] value)
      throws Exception {
    return broker.send(topic, key, SchedulerKey.signed(topic, key, headers, value), value);
  }
}

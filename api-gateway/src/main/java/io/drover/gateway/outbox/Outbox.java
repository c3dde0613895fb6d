package io.drover.gateway.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.command.SchedulerCommand;
import io.drover.contracts.event.Event;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.IdSource;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.ContractJson;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateway leaves what it has to say, in the transaction that makes it true. The relay
 * takes it to Kafka in this order.
 */
@ApplicationScoped
public class Outbox {
  /** The source of the gateway's own events. */
  public static final URI SOURCE = URI.create("/api-gateway");

  private final OutboxTable table;
  private final InstantSource clock;
  private final IdSource ids;

  Outbox(OutboxTable table, InstantSource clock, IdSource ids) {
    this.table = table;
    this.clock = clock;
    this.ids = ids;
  }

  /** An event, with the next sequence number of its subject. */
  public void event(CommandContext origin, long generation, Event event) {
    long sequence = table.nextSequence(origin.subject());
    append(
        Topics.DOMAIN_EVENTS,
        new Envelope<>(
            ids.next(),
            SOURCE,
            origin.subject().toString(),
            clock.instant(),
            sequence,
            0,
            origin.projectId(),
            origin.operationId(),
            generation,
            event));
  }

  /** A command to the scheduler. */
  public void command(SchedulerCommand command) {
    table.lockSubject(command.header().subject());
    append(
        Topics.DOMAIN_COMMANDS,
        new Envelope<>(
            command.header().id().value(),
            SOURCE,
            command.header().subject().toString(),
            clock.instant(),
            0,
            0,
            command.header().projectId(),
            command.header().operationId(),
            command.header().generation(),
            command));
  }

  /**
   * The latest full state of a domain.
   *
   * @param state as JSON; null when the domain is gone
   */
  public void state(DomainId domain, byte @Nullable [] state) {
    table.lockSubject(domain.value());
    Map<String, byte[]> headers = new LinkedHashMap<>();
    headers.put("ce_specversion", "1.0".getBytes(UTF_8));
    headers.put("ce_id", ids.next().toString().getBytes(UTF_8));
    headers.put("ce_source", SOURCE.toString().getBytes(UTF_8));
    headers.put("ce_type", "io.drover.state.domain.v1".getBytes(UTF_8));
    headers.put("ce_subject", domain.toString().getBytes(UTF_8));
    headers.put("ce_time", clock.instant().toString().getBytes(UTF_8));
    headers.put("content-type", "application/json".getBytes(UTF_8));
    table.append(Topics.DOMAIN_STATE, domain.toString(), headers, state);
  }

  /** A record that could not be understood or applied, as it came, with the cause. */
  public void deadLetter(
      String key, Map<String, byte[]> headers, byte @Nullable [] value, DeadLetterCause cause) {
    Map<String, byte[]> all = new LinkedHashMap<>(headers);
    all.put("drover_cause", cause.cause().getBytes(UTF_8));
    all.put("drover_topic", cause.topic().getBytes(UTF_8));
    all.put("drover_partition", Integer.toString(cause.partition()).getBytes(UTF_8));
    all.put("drover_offset", Long.toString(cause.offset()).getBytes(UTF_8));
    // PostgreSQL has no NUL in a text: the letter would be tried again for ever.
    table.append(Topics.DEAD_LETTERS, key.replace('\0', '\ufffd'), all, value);
  }

  /** Why and from where a record became a dead letter. */
  public record DeadLetterCause(String cause, String topic, int partition, long offset) {}

  private void append(String topic, Envelope<?> envelope) {
    table.append(
        topic,
        envelope.subject(),
        CloudEvents.headers(envelope),
        ContractJson.write(envelope.data()));
  }

  /** Locks what this subject has in the outbox until the transaction ends. */
  public void lockSubject(UUID subject) {
    table.lockSubject(subject);
  }
}

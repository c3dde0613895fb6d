package io.drover.gateway.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.command.SchedulerCommand;
import io.drover.contracts.event.Event;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.IdSource;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.DeadLetter;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.EventSubject;
import io.drover.contracts.message.Topics;
import io.drover.contracts.signature.SignedRecord;
import io.drover.contracts.signature.SourceKey;
import jakarta.enterprise.context.ApplicationScoped;
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
  /** The header with a state's version, which is greater than that of each state before. */
  public static final String STATE_VERSION = "ce_stateversion";

  /** The type of a record of the inventory. */
  public static final String INVENTORY_ENTRY = "io.drover.inventory.entry.v1";

  private final OutboxTable table;
  private final InstantSource clock;
  private final IdSource ids;
  private final SourceKey sealing;

  Outbox(OutboxTable table, InstantSource clock, IdSource ids, SourceKey sealing) {
    this.table = table;
    this.clock = clock;
    this.ids = ids;
    this.sealing = sealing;
  }

  /** An event, with the next sequence number of its subject. */
  public void event(EventSubject about, Event event) {
    long sequence = table.nextSequence(about.subject().value());
    append(
        Topics.DOMAIN_EVENTS,
        new Envelope<>(
            ids.next(),
            EventSource.GATEWAY.uri(),
            about.subject().toString(),
            clock.instant(),
            sequence,
            0,
            about.projectId(),
            about.operationId(),
            about.generation(),
            event));
  }

  /** A command to the scheduler. */
  public void command(SchedulerCommand command) {
    table.lockSubject(command.header().subject());
    append(
        Topics.DOMAIN_COMMANDS,
        new Envelope<>(
            command.header().id().value(),
            EventSource.GATEWAY.uri(),
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
   * The latest full state of a domain, with a version by which readers know one that came late.
   *
   * @param state as JSON; null when the domain is gone
   */
  public void state(DomainId domain, byte @Nullable [] state) {
    long version = table.nextStateVersion(domain.value());
    Map<String, byte[]> headers = latest("io.drover.state.domain.v1", domain.toString(), version);
    table.append(Topics.DOMAIN_STATE, domain.toString(), headers, state);
  }

  /**
   * What the gateway keeps of one thing, sealed, so that a restored database can believe it.
   *
   * @param key of its records
   * @param version greater than that of each record of it before
   * @param entry as JSON; null when it is gone
   */
  public void inventory(String key, long version, byte @Nullable [] entry) {
    Map<String, byte[]> headers = latest(INVENTORY_ENTRY, key, version);
    byte[] value = entry == null ? new byte[0] : entry;
    String seal = sealing.seal(new SignedRecord(Topics.INVENTORY, key, headers, value));
    headers.put(SignedRecord.HEADER, seal.getBytes(UTF_8));
    table.append(Topics.INVENTORY, key, headers, entry);
  }

  private Map<String, byte[]> latest(String type, String subject, long version) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    headers.put("ce_specversion", "1.0".getBytes(UTF_8));
    headers.put("ce_id", ids.next().toString().getBytes(UTF_8));
    headers.put("ce_source", EventSource.GATEWAY.toString().getBytes(UTF_8));
    headers.put("ce_type", type.getBytes(UTF_8));
    headers.put("ce_subject", subject.getBytes(UTF_8));
    headers.put("ce_time", clock.instant().toString().getBytes(UTF_8));
    headers.put(STATE_VERSION, Long.toString(version).getBytes(UTF_8));
    headers.put("content-type", "application/json".getBytes(UTF_8));
    return headers;
  }

  /** The gateway has published an event with this number before its database was restored. */
  public void published(UUID subject, long sequence) {
    table.raiseSequence(subject, sequence);
  }

  /** A record that could not be understood or applied, as it came, with the cause. */
  public void deadLetter(
      String key, Map<String, byte[]> headers, byte @Nullable [] value, DeadLetter letter) {
    // PostgreSQL has no NUL in a text: the letter would be tried again for ever.
    table.append(Topics.DEAD_LETTERS, key.replace('\0', '\ufffd'), letter.headers(headers), value);
  }

  private void append(String topic, Envelope<?> envelope) {
    byte[] value = ContractJson.write(envelope.data());
    Map<String, byte[]> headers = new LinkedHashMap<>(CloudEvents.headers(envelope));
    String seal = sealing.seal(new SignedRecord(topic, envelope.subject(), headers, value));
    headers.put(SignedRecord.HEADER, seal.getBytes(UTF_8));
    table.append(topic, envelope.subject(), headers, value);
  }

  /** Locks what this subject has in the outbox until the transaction ends. */
  public void lockSubject(UUID subject) {
    table.lockSubject(subject);
  }
}

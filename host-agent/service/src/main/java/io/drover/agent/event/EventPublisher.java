package io.drover.agent.event;

import io.drover.agent.file.FullDisk;
import io.drover.agent.host.HostIdentity;
import io.drover.contracts.event.DomainDeleted;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.StepCompleted;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.IdSource;
import io.drover.contracts.id.SubjectId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.DeadLetter;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.EventSubject;
import io.drover.contracts.message.Topics;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Numbers the events of this host and puts them on the spool. Never waits for Kafka. Thread-safe.
 *
 * <p>A sequence begins with the epoch times 2^20, so that it grows over restarts of the agent
 * without a write for each event: within an epoch it grows by one. An epoch is a second of the
 * clock, in which there are fewer events than that; programs that read numbers as doubles can.
 */
public final class EventPublisher {
  private static final TextMapSetter<Map<String, byte[]>> SETTER =
      (headers, name, value) -> {
        if (headers != null) {
          headers.put(name, value.getBytes(StandardCharsets.UTF_8));
        }
      };

  private static final Logger LOG = Logger.getLogger(EventPublisher.class);
  private static final int EPOCH_SHIFT = 20;

  private final Spool spool;
  private final long spoolLimit;
  private final HostIdentity host;
  private final IdSource ids;
  private final InstantSource clock;
  private final OpenTelemetry telemetry;
  private final Map<SubjectId, Long> sequences = new HashMap<>();
  private final AtomicLong droppedQmpEvents = new AtomicLong();
  private long hostSequence;

  EventPublisher(
      Spool spool,
      long spoolLimit,
      HostIdentity host,
      IdSource ids,
      InstantSource clock,
      OpenTelemetry telemetry) {
    this.spool = spool;
    this.spoolLimit = spoolLimit;
    this.host = host;
    this.ids = ids;
    this.clock = clock;
    this.telemetry = telemetry;
  }

  /**
   * Tells the whole suite; once this returns, {@code kill -9} does not lose it. Each call is a fact
   * of its own, with an id of its own.
   */
  public void announce(EventSubject about, Event event) {
    announce(ids.next(), about, event);
  }

  /**
   * The same of what a command has led to, or a run: told again after a crash, it has the same id,
   * by which who reads it knows that nothing new has happened.
   */
  public void announce(EventCause cause, EventSubject about, Event event) {
    announce(cause.idOf(about, event), about, event);
  }

  private synchronized void announce(UUID id, EventSubject about, Event event) {
    long sequence = sequences.merge(about.subject(), first(), (last, one) -> last + 1);
    hostSequence++;
    Envelope<Event> envelope =
        new Envelope<>(
            id,
            host.source().uri(),
            about.subject().toString(),
            clock.instant(),
            sequence,
            hostSequence,
            about.projectId(),
            about.operationId(),
            about.generation(),
            event);
    SpoolRecord record =
        traced(
            Topics.DOMAIN_EVENTS,
            about.subject().toString(),
            CloudEvents.headers(envelope),
            ContractJson.write(event));
    if (event instanceof StepCompleted) {
      FullDisk.outwait(() -> spool.appendPatiently(record));
    } else {
      FullDisk.outwait(() -> spool.append(record));
    }
    if (event instanceof DomainDeleted || event instanceof VolumeDeleted) {
      sequences.remove(about.subject());
    }
  }

  /**
   * Passes a QMP event on as QEMU sent it. With a full spool it is dropped and counted: QMP events
   * are for watching, the truth is in the domain events.
   */
  public void announceQmp(DomainId domain, QmpEventMessage message) {
    if (spool.length() > spoolLimit) {
      droppedQmpEvents.incrementAndGet();
      return;
    }
    try {
      spool.append(
          traced(
              Topics.QMP_EVENTS,
              domain.toString(),
              new LinkedHashMap<>(),
              ContractJson.write(message)));
    } catch (UncheckedIOException e) {
      droppedQmpEvents.incrementAndGet();
      LOG.warnf("A QMP event of domain %s is dropped: %s", domain, e.getCause());
    }
  }

  /**
   * Puts a record that cannot be handled on the dead letters, as it came.
   *
   * @param partition of the topic, where the record is at the offset
   */
  public void deadLetter(
      String topic,
      int partition,
      long offset,
      String key,
      Map<String, byte[]> headers,
      byte[] value,
      String cause) {
    DeadLetter letter = new DeadLetter(cause, topic, partition, offset, host.source());
    SpoolRecord record = traced(Topics.DEAD_LETTERS, key, letter.headers(headers), value);
    FullDisk.outwait(() -> spool.append(record));
  }

  /** Makes all that was announced so far safe from a power cut. */
  public void force() {
    spool.force();
  }

  /** Bytes that Kafka has not yet taken. */
  public long unsentBytes() {
    return spool.length();
  }

  public long droppedQmpEvents() {
    return droppedQmpEvents.get();
  }

  private long first() {
    return (host.epoch() << EPOCH_SHIFT) + 1;
  }

  private SpoolRecord traced(String topic, String key, Map<String, byte[]> headers, byte[] value) {
    Map<String, byte[]> all = new LinkedHashMap<>(headers);
    telemetry.getPropagators().getTextMapPropagator().inject(Context.current(), all, SETTER);
    return new SpoolRecord(topic, key, all, value);
  }
}

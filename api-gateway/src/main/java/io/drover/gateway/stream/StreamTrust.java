package io.drover.gateway.stream;

import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.event.VolumePlaced;
import io.drover.contracts.id.HostId;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.MessageTypes;
import io.drover.contracts.message.UntrustedRecord;
import io.drover.contracts.message.UntrustedRecordException;
import io.drover.contracts.sql.SqlFailure;
import io.drover.gateway.feed.ClaimDirectory;
import io.drover.gateway.feed.EventAuthority;
import io.drover.gateway.feed.Placements;
import io.drover.gateway.feed.ReceivedEvent;
import io.drover.gateway.topic.feed.TopicRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Tells the events that clients may get from those that their sources may not say, by the rule of
 * the inventory ({@link EventAuthority}). Claims never change, so those that were found once, or
 * that the scheduler has told on the stream itself, are remembered. Thread-safe; calls may block
 * for the database.
 */
@ApplicationScoped
class StreamTrust {
  private static final Logger LOG = Logger.getLogger(StreamTrust.class);
  private static final int MAX_CLAIMS = 20_000;
  private static final Set<String> PLACING =
      Set.of(MessageTypes.of(DomainPlaced.class), MessageTypes.of(VolumePlaced.class));

  private final EventAuthority authority;
  private final Placements placements;
  private final MeterRegistry metrics;
  private final RememberedClaims remembered = new RememberedClaims();
  private volatile boolean isWarned;

  /** What becomes of a record. */
  enum Verdict {
    BELIEVED,
    REFUSED,
    /** Its claim is not known yet. */
    EARLY,
    /** The database cannot be asked now. */
    UNKNOWN
  }

  private record ClaimKey(UUID subject, long generation) {}

  StreamTrust(EventAuthority authority, Placements placements, MeterRegistry metrics) {
    this.authority = authority;
    this.placements = placements;
    this.metrics = metrics;
  }

  /**
   * Judges a record; one that is refused is logged at level debug, the inventory's reader warns.
   */
  Verdict judge(TopicRecord record) {
    try {
      EventAuthority.Verdict verdict = authority.judge(received(record), remembered);
      isWarned = false;
      if (verdict == EventAuthority.Verdict.EARLY) {
        return Verdict.EARLY;
      }
      remembered.learn(record);
      return Verdict.BELIEVED;
    } catch (UntrustedRecordException e) {
      refuse(record, e);
      return Verdict.REFUSED;
    } catch (RuntimeException e) {
      if (!SqlFailure.passes(e)) {
        throw e;
      }
      if (!isWarned) {
        isWarned = true;
        LOG.warnf(
            "Event streams wait until the database can be asked for the claims of events: %s",
            e.getMessage());
      }
      return Verdict.UNKNOWN;
    }
  }

  /** Counts a record that was not streamed. */
  void refuse(TopicRecord record, UntrustedRecordException why) {
    UntrustedRecord untrusted =
        UntrustedRecord.of(
            record.topic(), record.partition(), record.offset(), record.headers(), why);
    LOG.debug(untrusted.sentence());
    Counter.builder("drover.stream.records.refused")
        .description("Events that no client got because their sources may not say them")
        .tags(untrusted.tags())
        .register(metrics)
        .increment();
  }

  private static ReceivedEvent received(TopicRecord record) {
    return new ReceivedEvent(
        record.key(),
        record.headers(),
        record.value(),
        record.topic(),
        record.partition(),
        record.offset());
  }

  private final class RememberedClaims implements ClaimDirectory {
    private final Map<ClaimKey, ClaimHolder> known =
        new LinkedHashMap<>(64, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<ClaimKey, ClaimHolder> eldest) {
            return size() > MAX_CLAIMS;
          }
        };

    /** Takes in the claim that a believed event of the scheduler tells. */
    void learn(TopicRecord record) {
      byte[] value = record.value();
      if (value == null || !PLACING.contains(CloudEvents.type(record.headers()))) {
        return;
      }
      try {
        Envelope<Object> envelope = CloudEvents.read(record.headers(), value);
        if (!EventSource.SCHEDULER.published(envelope)) {
          return;
        }
        HostId host =
            envelope.data() instanceof DomainPlaced domain
                ? domain.hostId()
                : ((VolumePlaced) envelope.data()).hostId();
        ClaimKey key = new ClaimKey(UUID.fromString(envelope.subject()), envelope.generation());
        synchronized (known) {
          known.putIfAbsent(key, new ClaimHolder(host, envelope.projectId()));
        }
      } catch (ProblemException | IllegalArgumentException e) {
        LOG.debugf("A placement cannot be read; the inventory's reader reports it: %s", e);
      }
    }

    @Override
    public Optional<ClaimHolder> holder(UUID subject, long generation) {
      ClaimKey key = new ClaimKey(subject, generation);
      synchronized (known) {
        ClaimHolder holder = known.get(key);
        if (holder != null) {
          return Optional.of(holder);
        }
      }
      Optional<ClaimHolder> found =
          QuarkusTransaction.requiringNew().call(() -> placements.holder(subject, generation));
      synchronized (known) {
        found.ifPresent(holder -> known.put(key, holder));
      }
      return found;
    }

    @Override
    public boolean isAwaited(UUID subject, long generation) {
      return QuarkusTransaction.requiringNew()
          .call(() -> placements.isAwaited(subject, generation));
    }
  }
}

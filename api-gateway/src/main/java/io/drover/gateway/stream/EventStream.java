package io.drover.gateway.stream;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.message.Topics;
import io.drover.contracts.time.NanoTicker;
import io.drover.gateway.config.GatewayConfig;
import io.drover.gateway.topic.feed.TopicRecord;
import io.drover.gateway.topic.feed.TopicTail;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads all events once and gives them to every client that may see them. Each gateway reads for
 * itself. Thread-safe: what is recent and who listens change together, under one lock.
 */
@Startup
@ApplicationScoped
public class EventStream {
  /** What is read as one stream: what hosts and gateways say, and what the scheduler says. */
  static final List<String> TOPICS = List.of(Topics.DOMAIN_EVENTS, Topics.PLACEMENTS);

  private static final Logger LOG = Logger.getLogger(EventStream.class);

  private final GatewayConfig config;
  private final OpenStreams streams;
  private final InstantSource clock;
  private final TopicTail tail;
  private final Object lock = new Object();
  private final List<EventClient> clients = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService heartbeats =
      Executors.newSingleThreadScheduledExecutor(EventStream::thread);
  private @Nullable RecentEvents recent;

  EventStream(
      GatewayConfig config,
      KafkaSettings kafka,
      OpenStreams streams,
      StreamTrust trust,
      InstantSource clock,
      NanoTicker ticker) {
    this.config = config;
    this.streams = streams;
    this.clock = clock;
    this.tail =
        new TopicTail(
            kafka,
            TOPICS,
            config.stream().recentEvents(),
            new Distributing(
                new EarlyEvents(trust::judge, this::distribute, trust::refuse, ticker)));
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "event-stream-heartbeat");
    thread.setDaemon(true);
    return thread;
  }

  @PostConstruct
  void start() {
    tail.start();
    long period = config.stream().heartbeat().toMillis();
    heartbeats.scheduleAtFixedRate(this::heartbeat, period, period, TimeUnit.MILLISECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    heartbeats.shutdownNow();
    tail.close();
    streams.list().forEach(EventClient::close);
  }

  /** Whether Kafka answered the last time it was asked. */
  public boolean connected() {
    return tail.connected();
  }

  /** A failure would end all heartbeats to come, so it may not leave this method. */
  private void heartbeat() {
    try {
      Instant now = clock.instant();
      for (EventClient client : streams.list()) {
        if (client.expired(now)) {
          client.close();
        } else {
          client.heartbeat();
        }
      }
      clients.removeIf(EventClient::closed);
    } catch (RuntimeException e) {
      LOG.error(
          "Sending a heartbeat to the event streams failed; the next one is sent as usual", e);
    }
  }

  /** Where the stream is now. */
  StreamPosition now() {
    synchronized (lock) {
      return begun().end();
    }
  }

  /** The oldest position from which nothing is missing in memory. */
  StreamPosition oldest() {
    synchronized (lock) {
      return begun().oldest();
    }
  }

  int partitions() {
    synchronized (lock) {
      return begun().partitions();
    }
  }

  /**
   * Gives the client all that it has missed and from then on everything new.
   *
   * @return false when something that it missed is no longer in memory
   */
  boolean attach(EventClient client) {
    synchronized (lock) {
      RecentEvents known = begun();
      if (!known.covers(client.position())) {
        return false;
      }
      client.greet();
      known.forEach(client::offer);
      clients.add(client);
      return true;
    }
  }

  private RecentEvents begun() {
    if (recent == null) {
      throw new ProblemException(
          ErrorCode.UNAVAILABLE,
          "The event stream cannot be read while Kafka is unavailable; try again in a few seconds.");
    }
    return recent;
  }

  private void distribute(TopicRecord record, boolean believed) {
    StreamEvent event = believed ? StreamEvent.of(record) : StreamEvent.none(record);
    List<EventClient> gone = new ArrayList<>();
    synchronized (lock) {
      if (recent == null || !recent.add(event)) {
        return;
      }
      for (EventClient client : clients) {
        client.offer(event);
        if (client.closed()) {
          gone.add(client);
        }
      }
    }
    clients.removeAll(gone);
  }

  private final class Distributing implements TopicTail.Reader {
    private static final Duration PAUSE_OF_HELD = Duration.ofMillis(20);

    private final EarlyEvents early;

    Distributing(EarlyEvents early) {
      this.early = early;
    }

    @Override
    public Duration patience() {
      return early.isHolding() ? PAUSE_OF_HELD : TopicTail.Reader.super.patience();
    }

    @Override
    public void settle() {
      early.settle();
    }

    @Override
    public void begin(Map<Integer, Long> offsets) {
      synchronized (lock) {
        StreamPosition start = StreamPosition.of(offsets);
        if (recent != null && recent.continuesAt(start)) {
          recent.grow(start);
          return;
        }
        if (recent != null) {
          LOG.warn(
              "The topic of events was replaced; all event streams restart from its first record");
          streams.list().forEach(EventClient::close);
          clients.clear();
        }
        recent = new RecentEvents(config.stream().recentEvents(), start);
      }
    }

    @Override
    public void read(TopicRecord record) {
      early.read(record);
    }
  }
}

package io.drover.gateway.stream;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.message.Topics;
import io.drover.gateway.config.GatewayConfig;
import io.drover.gateway.topic.feed.TopicRecord;
import io.drover.gateway.topic.feed.TopicTail;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads all events once and gives them to every client that may see them. Each gateway reads for
 * itself. Thread-safe: what is recent and who listens change together, under one lock.
 */
@Startup
@ApplicationScoped
public class EventStream {
  private final GatewayConfig config;
  private final TopicTail tail;
  private final Object lock = new Object();
  private final List<EventClient> clients = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService heartbeats =
      Executors.newSingleThreadScheduledExecutor(EventStream::thread);
  private @Nullable RecentEvents recent;

  EventStream(GatewayConfig config, MeterRegistry metrics) {
    this.config = config;
    this.tail =
        new TopicTail(
            config.kafka(),
            Topics.DOMAIN_EVENTS,
            config.stream().recentEvents(),
            new Distributing());
    metrics.gaugeCollectionSize("drover.stream.clients", List.of(), clients);
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
    clients.forEach(EventClient::close);
  }

  /** Whether Kafka answered the last time it was asked. */
  public boolean connected() {
    return tail.connected();
  }

  private void heartbeat() {
    for (EventClient client : clients) {
      if (client.closed()) {
        clients.remove(client);
      } else {
        client.heartbeat();
      }
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

  /** Refuses a client more than may be. */
  void admit() {
    if (clients.size() >= config.stream().maxClients()) {
      throw new ProblemException(
          ErrorCode.TOO_MANY_REQUESTS,
          "There are "
              + config.stream().maxClients()
              + " open streams already; close one or try again later.");
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
      known.forEach(client::offer);
      clients.add(client);
      return true;
    }
  }

  private RecentEvents begun() {
    if (recent == null) {
      throw new ProblemException(
          ErrorCode.UNAVAILABLE, "The event stream waits for Kafka; try again in a few seconds.");
    }
    return recent;
  }

  private final class Distributing implements TopicTail.Reader {
    @Override
    public void begin(Map<Integer, Long> offsets) {
      synchronized (lock) {
        if (recent == null || recent.partitions() != offsets.size()) {
          recent = new RecentEvents(config.stream().recentEvents(), StreamPosition.of(offsets));
        }
      }
    }

    @Override
    public void read(TopicRecord record) {
      StreamEvent event = StreamEvent.of(record);
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
  }
}

package io.drover.gateway.stream;

import io.drover.contracts.message.Topics;
import io.drover.gateway.config.GatewayConfig;
import io.drover.gateway.config.Ticker;
import io.drover.gateway.topic.feed.TopicCursor;
import io.drover.gateway.topic.feed.TopicCursor.TopicAway;
import io.drover.gateway.topic.feed.TopicRecord;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Reads from Kafka what a returning client has missed, until memory has the rest. */
@ApplicationScoped
class CatchingUp {
  private static final Logger LOG = Logger.getLogger(CatchingUp.class);
  private static final int MAX_AT_ONCE = 8;
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final GatewayConfig config;
  private final EventStream stream;
  private final Ticker ticker;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0, MAX_AT_ONCE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), CatchingUp::thread);

  CatchingUp(GatewayConfig config, EventStream stream, Ticker ticker) {
    this.config = config;
    this.stream = stream;
    this.ticker = ticker;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "event-stream-catch-up");
    thread.setDaemon(true);
    return thread;
  }

  void stop(@Observes ShutdownEvent event) {
    threads.shutdownNow();
  }

  /** Begins; the client is attached to the stream when it has caught up, or closed. */
  void begin(EventClient client) {
    try {
      threads.execute(() -> catchUp(client));
    } catch (RejectedExecutionException e) {
      LOG.warn("Too many clients catch up at once; one is sent away to come back");
      client.close();
    }
  }

  private void catchUp(EventClient client) {
    try (TopicCursor cursor = TopicCursor.open(config.kafka(), Topics.DOMAIN_EVENTS)) {
      seek(cursor, client.position());
      long deadline = ticker.nanos() + config.stream().catchUpLimit().toNanos();
      while (!client.closed() && !stream.attach(client)) {
        if (ticker.nanos() - deadline > 0) {
          LOG.warn("A client did not catch up in time; it is closed and may resume");
          client.close();
          return;
        }
        for (TopicRecord record : cursor.read(POLL)) {
          client.offer(StreamEvent.of(record), PATIENCE);
        }
      }
    } catch (TopicAway e) {
      LOG.warnf("A client could not catch up: %s", e.getMessage());
      client.close();
    } catch (InterruptedException e) {
      client.close();
      Thread.currentThread().interrupt();
    }
  }

  private static void seek(TopicCursor cursor, StreamPosition position) throws TopicAway {
    cursor
        .beginning()
        .forEach(
            (partition, first) -> {
              position.raise(partition, first);
              cursor.seek(partition, position.next(partition));
            });
  }
}

package io.drover.gateway.stream;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.time.NanoTicker;
import io.drover.gateway.config.GatewayConfig;
import io.drover.gateway.topic.feed.TopicCursor;
import io.drover.gateway.topic.feed.TopicCursor.TopicUnavailable;
import io.drover.gateway.topic.feed.TopicRecord;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Reads from Kafka what a returning client has missed, until memory has the rest. */
@ApplicationScoped
class CatchUpReader {
  private static final Logger LOG = Logger.getLogger(CatchUpReader.class);
  private static final int MAX_AT_ONCE = 8;
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final GatewayConfig config;
  private final KafkaSettings kafka;
  private final EventStream stream;
  private final StreamTrust trust;
  private final NanoTicker ticker;
  private final Semaphore questions = new Semaphore(MAX_AT_ONCE);
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0, MAX_AT_ONCE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), CatchUpReader::thread);

  CatchUpReader(
      GatewayConfig config,
      KafkaSettings kafka,
      EventStream stream,
      StreamTrust trust,
      NanoTicker ticker) {
    this.config = config;
    this.kafka = kafka;
    this.stream = stream;
    this.trust = trust;
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

  /**
   * Begins, or refuses; the client is attached to the stream when it has caught up, or closed. To
   * be called by the thread of the request.
   */
  void begin(EventClient client) {
    CompletableFuture<Boolean> greeted = new CompletableFuture<>();
    try {
      threads.execute(() -> catchUp(client, greeted));
    } catch (RejectedExecutionException e) {
      throw busy();
    }
    // Only now, since a refusal needs a response that has not begun.
    try {
      client.greet();
      greeted.complete(true);
    } finally {
      greeted.complete(false);
    }
  }

  /**
   * Refuses a position that Kafka has not reached: another gateway may be ahead of this one, but a
   * client that waits for the topic to grow to an invented position would wait in silence.
   */
  void requireReached(StreamPosition position) {
    if (!questions.tryAcquire()) {
      throw busy();
    }
    try (TopicCursor cursor = TopicCursor.open(kafka, EventStream.TOPICS)) {
      if (!StreamPosition.of(cursor.end()).reaches(position)) {
        throw StreamPosition.invalid();
      }
    } catch (TopicUnavailable e) {
      throw new ProblemException(
          ErrorCode.UNAVAILABLE,
          "The event stream cannot be read while Kafka is unavailable; try again in a few seconds.",
          e);
    } finally {
      questions.release();
    }
  }

  private static ProblemException busy() {
    return new ProblemException(
        ErrorCode.TOO_MANY_REQUESTS,
        "Too many streams catch up with Kafka at once; try again in a few seconds.");
  }

  private void catchUp(EventClient client, CompletableFuture<Boolean> greeted) {
    if (!greeted.join()) {
      return;
    }
    try (TopicCursor cursor = TopicCursor.open(kafka, EventStream.TOPICS)) {
      seek(cursor, client);
      follow(cursor, client);
    } catch (TopicUnavailable e) {
      LOG.warnf(
          "Catching up a client of the event stream failed: %s; it may resume", e.getMessage());
      client.close();
    } catch (InterruptedException e) {
      client.close();
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error(
          "Catching up a client of the event stream failed; it is disconnected and may resume", e);
      client.close();
    }
  }

  private void follow(TopicCursor cursor, EventClient client)
      throws TopicUnavailable, InterruptedException {
    long deadline = ticker.nanos() + config.stream().catchUpLimit().toNanos();
    while (!client.closed() && !stream.attach(client)) {
      if (ticker.nanos() - deadline > 0) {
        LOG.warn(
            "A client of the event stream did not catch up before its deadline; it is disconnected and may resume");
        client.close();
        return;
      }
      for (TopicRecord record : cursor.read(POLL)) {
        // What has no claim by now never had one: it is older than what memory begins with.
        boolean believed = trust.judge(record) == StreamTrust.Verdict.BELIEVED;
        client.offer(believed ? StreamEvent.of(record) : StreamEvent.none(record), PATIENCE);
      }
    }
  }

  private static void seek(TopicCursor cursor, EventClient client) throws TopicUnavailable {
    StreamPosition position = client.position();
    long lost = 0;
    for (Map.Entry<Integer, Long> first : cursor.beginning().entrySet()) {
      int partition = first.getKey();
      lost += Math.max(0, first.getValue() - position.next(partition));
      position.raise(partition, first.getValue());
      cursor.seek(partition, position.next(partition));
    }
    if (lost > 0) {
      client.comment(lost + " records are too old to be kept and are left out; read the lists");
    }
  }
}

package io.drover.gateway.feed;

import io.drover.contracts.time.NanoTicker;
import io.drover.contracts.time.RecurringWork;
import io.drover.gateway.config.GatewayConfig;
import io.drover.gateway.inventory.InventoryConsumer;
import io.drover.gateway.topic.TopicPositions;
import io.drover.gateway.topic.feed.TopicCursor.TopicUnavailable;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Compares the database with what its gateways have published and read, at the start and every few
 * seconds, and takes over what it has forgotten because it was restored from a backup: first the
 * inventory, then the events on it. One gateway at a time does so. Thread-safe.
 */
@ApplicationScoped
class RecallSweeper implements RecurringWork {
  private static final Logger LOG = Logger.getLogger(RecallSweeper.class);

  /** Before the consumers of topics (1000), the relay (2500), and before requests are served. */
  private static final int BEFORE_CONSUMERS = 500;

  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final int HOURS_OF_REPLAY = 6;

  private final InventoryConsumer inventory;
  private final ReplayingEvents events;
  private final EventProgress progress;
  private final TopicPositions positions;
  private final NanoTicker ticker;
  private final Duration patience;
  private final Duration every;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile boolean caughtUp;

  RecallSweeper(
      InventoryConsumer inventory,
      ReplayingEvents events,
      EventProgress progress,
      TopicPositions positions,
      NanoTicker ticker,
      GatewayConfig config) {
    this.inventory = inventory;
    this.events = events;
    this.progress = progress;
    this.positions = positions;
    this.ticker = ticker;
    this.patience = config.recallPatience();
    this.every = config.recallEvery();
  }

  void start(@Observes @Priority(BEFORE_CONSUMERS) StartupEvent event) throws InterruptedException {
    if (!caughtUp(patience)) {
      LOG.warnf(
          "The topics could not be compared with the database within %s: requests are served, and what"
              + " a restored database has forgotten is missing until they are",
          patience);
    }
  }

  /**
   * Waits until the database was compared once, so that no event comes before those of before.
   *
   * @throws InterruptedException also when the gateway stops
   */
  void awaitCaughtUp() throws InterruptedException {
    while (!caughtUp(patience)) {
      LOG.warnf("Events wait until the topics can be compared with the database");
    }
  }

  private boolean caughtUp(Duration atMost) throws InterruptedException {
    long begun = ticker.nanos();
    boolean warned = false;
    while (!caughtUp && ticker.since(begun).compareTo(atMost) < 0) {
      String failure = attempt();
      if (!failure.isEmpty() && !warned) {
        LOG.warnf("Comparing the topics with the database is retried: %s", failure);
        warned = true;
      }
      if (!caughtUp && stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new InterruptedException("stopping");
      }
    }
    return caughtUp;
  }

  @Override
  public String name() {
    return "recall";
  }

  @Override
  public Duration pause() {
    return every;
  }

  @Override
  public boolean atStart() {
    return false;
  }

  @Override
  public void run() {
    try {
      String failure = attempt();
      if (!failure.isEmpty()) {
        LOG.warnf(
            "The topics could not be compared with the database and are compared in the next run: %s",
            failure);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Why it failed; empty when it did not, or when another gateway is at it. */
  private synchronized String attempt() throws InterruptedException {
    try {
      compare();
      return "";
    } catch (TopicUnavailable | RuntimeException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void compare() throws TopicUnavailable, InterruptedException {
    Outcome outcome =
        QuarkusTransaction.requiringNew()
            .timeout((int) TimeUnit.HOURS.toSeconds(HOURS_OF_REPLAY))
            .call(() -> positions.tryLock() ? compareAlone() : Outcome.OF_ANOTHER);
    if (outcome == Outcome.DONE) {
      caughtUp = true;
    }
  }

  private enum Outcome {
    DONE,
    OF_ANOTHER
  }

  /** While this gateway has the lock. */
  private Outcome compareAlone() throws TopicUnavailable, InterruptedException {
    int recalled = inventory.readOn();
    int replayed = 0;
    if (!caughtUp || !progress.keep()) {
      replayed = events.replay(recalled > 0);
    }
    if (recalled > 0 || replayed > 0) {
      LOG.warnf(
          "The database had forgotten %d things of the inventory and %d events: it was restored from a"
              + " backup, and has them again",
          recalled, replayed);
    }
    return Outcome.DONE;
  }

  void stop(@Observes ShutdownEvent event) {
    stopping.countDown();
    try {
      progress.keep();
    } catch (RuntimeException e) {
      LOG.debugf("Positions are as of some seconds ago: %s", e.getMessage());
    }
  }
}

package io.drover.scheduler.feed;

import io.drover.contracts.error.ProblemException;
import io.drover.contracts.message.Envelope;
import io.drover.scheduler.config.SchedulerSettings;
import io.drover.scheduler.ledger.LedgerException;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Hands a record to its use case until that has succeeded. While PostgreSQL or Kafka is away the
 * record waits, and with it all that follow in its partition. What can never succeed becomes a dead
 * letter. Thread-safe; calls block.
 */
@ApplicationScoped
public class Delivery {
  private static final Logger LOG = Logger.getLogger(Delivery.class);
  private static final long FIRST_PAUSE_MILLIS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  private final DeadLetters deadLetters;
  private final int attempts;
  private final CountDownLatch stopping = new CountDownLatch(1);

  Delivery(DeadLetters deadLetters, SchedulerSettings settings) {
    this.deadLetters = deadLetters;
    this.attempts = settings.attempts();
  }

  void stop(@Observes ShutdownEvent event) {
    stopping.countDown();
  }

  /**
   * Delivers a record of one of the types; others are passed over.
   *
   * @param types the CloudEvents types that the use case knows; empty when it must know all
   */
  public void deliver(
      ConsumerRecord<String, byte[]> kafkaRecord,
      Set<String> types,
      Consumer<Envelope<Object>> useCase) {
    Received record = Received.of(kafkaRecord);
    if (!types.isEmpty() && !types.contains(record.type())) {
      return;
    }
    untilDone(
        record,
        () -> {
          try {
            useCase.accept(record.envelope());
          } catch (ProblemException e) {
            untilDone(record, () -> deadLetters.send(record, e));
          }
        });
  }

  /** Runs the step until it succeeds; a failure from outside never counts against the record. */
  private void untilDone(Received record, Runnable step) {
    int failures = 0;
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      try {
        step.run();
        return;
      } catch (RuntimeException e) {
        if (!passing(e) && ++failures >= attempts) {
          giveUp(record, e);
          return;
        }
        LOG.warnf("The record %s waits: %s", record.place(), e.getMessage());
        await(Duration.ofMillis(pause), record);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
      }
    }
  }

  private void giveUp(Received record, RuntimeException why) {
    LOG.errorf(why, "The record %s becomes a dead letter", record.place());
    deadLetters.send(record, why);
  }

  private static boolean passing(RuntimeException e) {
    return e instanceof KafkaException
        || (e instanceof LedgerException failure && failure.passing());
  }

  /** Waits, or fails when the service stops: the record is not acknowledged and comes again. */
  private void await(Duration pause, Received record) {
    try {
      if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("Stopping; " + record.place() + " will come again.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted; " + record.place() + " will come again.", e);
    }
  }
}

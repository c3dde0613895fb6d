package io.drover.scheduler.feed;

import io.drover.contracts.error.DatabaseUnavailable;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.message.Envelope;
import io.drover.scheduler.config.SchedulerSettings;
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
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hands a record to its use case until that has succeeded. While PostgreSQL or Kafka is unavailable
 * the record waits, and with it all that follow in its partition. What can never succeed becomes a
 * dead letter. Thread-safe; calls block.
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
    ReceivedCommand record = ReceivedCommand.of(kafkaRecord);
    if (!types.isEmpty() && !types.contains(record.type())) {
      return;
    }
    untilDone(
        record,
        () -> {
          try {
            useCase.accept(record.envelope());
          } catch (ProblemException e) {
            bury(record, e);
          }
        },
        failure -> bury(record, failure));
  }

  private void bury(ReceivedCommand record, RuntimeException why) {
    untilDone(
        record,
        () -> deadLetters.send(record, why),
        failure -> LOG.errorf(failure, "The dead letter %s is lost", record.place()));
  }

  /** Runs the step until it succeeds; a failure from outside never counts against the record. */
  private void untilDone(ReceivedCommand record, Runnable step, Consumer<RuntimeException> giveUp) {
    int failures = 0;
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      try {
        step.run();
        return;
      } catch (Stopping e) {
        throw e;
      } catch (RuntimeException e) {
        if (!passing(e) && ++failures >= attempts) {
          giveUp.accept(e);
          return;
        }
        LOG.warnf("The record %s waits: %s", record.place(), e.getMessage());
        await(Duration.ofMillis(pause), record);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
      }
    }
  }

  private static boolean passing(RuntimeException e) {
    if (e instanceof KafkaException) {
      return !(e.getCause() instanceof RecordTooLargeException
          || e.getCause() instanceof SerializationException);
    }
    return e instanceof DatabaseUnavailable;
  }

  /** Waits, or fails when the service stops: the record is not acknowledged and comes again. */
  private void await(Duration pause, ReceivedCommand record) {
    try {
      if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Stopping(record, null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stopping(record, e);
    }
  }

  /** The service stops; the record is not acknowledged and comes again. */
  private static final class Stopping extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopping(ReceivedCommand record, @Nullable InterruptedException cause) {
      super("Stopping; " + record.place() + " will come again.", cause);
    }
  }
}

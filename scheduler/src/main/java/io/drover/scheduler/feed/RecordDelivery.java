package io.drover.scheduler.feed;

import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.RecordRetry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Hands a record to its use case until that has succeeded. While PostgreSQL or Kafka is unavailable
 * the record waits, and with it all that follow in its partition. What can never succeed becomes a
 * dead letter. Thread-safe; calls block.
 */
@ApplicationScoped
public class RecordDelivery {
  private static final Logger LOG = Logger.getLogger(RecordDelivery.class);

  private final DeadLetters deadLetters;
  private final RecordRetry retry;

  RecordDelivery(DeadLetters deadLetters, RecordRetry retry) {
    this.deadLetters = deadLetters;
    this.retry = retry;
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
    try {
      retry.untilDone(record.place(), () -> useCase.accept(record.envelope()));
    } catch (RuntimeException e) {
      throwIfStopping(e);
      deadLetter(record, e);
    }
  }

  private void deadLetter(ReceivedCommand record, RuntimeException why) {
    try {
      retry.untilDone(record.place(), () -> deadLetters.send(record, why));
    } catch (RuntimeException e) {
      throwIfStopping(e);
      LOG.errorf(e, "The dead letter of record %s is dropped, Kafka refused it", record.place());
    }
  }

  /** The record is then not acknowledged and comes again. */
  private void throwIfStopping(RuntimeException failure) {
    if (retry.isStopping()) {
      throw failure;
    }
  }
}

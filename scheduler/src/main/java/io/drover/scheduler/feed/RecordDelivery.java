package io.drover.scheduler.feed;

import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.RecordRetry;
import io.drover.contracts.message.TopicRule;
import io.drover.contracts.signature.SignedRecord;
import io.drover.contracts.signature.SourceVerifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Hands a record that is of the part that it names to its use case until that has succeeded. While
 * PostgreSQL or Kafka is unavailable the record waits, and with it all that follow in its
 * partition. What can never succeed becomes a dead letter. Thread-safe; calls block.
 */
@ApplicationScoped
public class RecordDelivery {
  private static final Logger LOG = Logger.getLogger(RecordDelivery.class);

  private final DeadLetters deadLetters;
  private final RecordRetry retry;
  private final SourceVerifier sources;

  RecordDelivery(DeadLetters deadLetters, RecordRetry retry, SourceVerifier sources) {
    this.sources = sources;
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
      retry.untilDone(record.place(), () -> useCase.accept(believed(record)));
    } catch (RuntimeException e) {
      throwIfStopping(e);
      deadLetter(record, e);
    }
  }

  /**
   * The envelope of a record that is of the part that it names, which may write that topic.
   *
   * @throws io.drover.contracts.message.UntrustedRecordException otherwise
   */
  private Envelope<Object> believed(ReceivedCommand record) {
    String key = record.key() == null ? "" : record.key();
    sources.require(new SignedRecord(record.topic(), key, record.headers(), record.value()));
    Envelope<Object> envelope = record.envelope();
    TopicRule.require(record.topic(), envelope);
    return envelope;
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

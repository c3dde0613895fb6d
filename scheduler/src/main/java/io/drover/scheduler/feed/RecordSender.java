package io.drover.scheduler.feed;

import io.drover.scheduler.ledger.model.OutgoingRecord;
import java.util.List;

/** The way out. Thread-safe; calls block. */
public interface RecordSender {
  /**
   * Sends the records together and returns when Kafka has them all.
   *
   * @throws org.apache.kafka.common.KafkaException when it has not; the same may be sent again
   */
  void send(List<OutgoingRecord> records);
}

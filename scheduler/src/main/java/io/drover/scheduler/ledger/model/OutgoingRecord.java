package io.drover.scheduler.ledger.model;

import java.util.Map;
import java.util.TreeMap;

/**
 * A record on its way to Kafka, with everything that a replay must repeat.
 *
 * @param value the JSON of the message
 */
public record OutgoingRecord(String topic, String key, Map<String, String> headers, String value) {
  public OutgoingRecord {
    headers = new TreeMap<>(headers);
  }
}

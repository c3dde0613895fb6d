package io.drover.contracts.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a record could not be handled, where it is, and who could not: the headers that {@code
 * asyncapi.yaml} documents for {@link Topics#DEAD_LETTERS}. A dead letter is the record as it came
 * with these headers added.
 *
 * @param cause shortened to {@link #MAX_CAUSE_CHARS}: a broker limits the size of a record
 * @param consumer the part that could not handle the record
 */
public record DeadLetter(
    String cause, String topic, int partition, long offset, EventSource consumer) {
  public static final int MAX_CAUSE_CHARS = 1_000;

  static final String CAUSE = "drover_cause";
  static final String TOPIC = "drover_topic";
  static final String PARTITION = "drover_partition";
  static final String OFFSET = "drover_offset";
  static final String CONSUMER = "drover_consumer";

  public DeadLetter {
    cause = cause.length() <= MAX_CAUSE_CHARS ? cause : cause.substring(0, MAX_CAUSE_CHARS);
  }

  /** These headers alone, for a dead letter that would be too large with the record's own. */
  public Map<String, byte[]> headers() {
    return headers(Map.of());
  }

  /** The record's own headers with these added. */
  public Map<String, byte[]> headers(Map<String, byte[]> ofTheRecord) {
    Map<String, byte[]> headers = new LinkedHashMap<>(ofTheRecord);
    headers.put(CAUSE, cause.getBytes(UTF_8));
    headers.put(TOPIC, topic.getBytes(UTF_8));
    headers.put(PARTITION, Integer.toString(partition).getBytes(UTF_8));
    headers.put(OFFSET, Long.toString(offset).getBytes(UTF_8));
    headers.put(CONSUMER, consumer.toString().getBytes(UTF_8));
    return headers;
  }

  /**
   * Reads the headers of a dead letter.
   *
   * @throws ProblemException {@code INVALID_REQUEST} when one is missing or malformed
   */
  public static DeadLetter read(Map<String, byte[]> headers) {
    try {
      return new DeadLetter(
          require(headers, CAUSE),
          require(headers, TOPIC),
          Integer.parseInt(require(headers, PARTITION)),
          Long.parseLong(require(headers, OFFSET)),
          new EventSource(URI.create(require(headers, CONSUMER))));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST, "A header of the dead letter is malformed.", e);
    }
  }

  private static String require(Map<String, byte[]> headers, String name) {
    byte[] value = headers.get(name);
    if (value == null) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST, "The dead letter lacks the header " + name + ".");
    }
    return new String(value, UTF_8);
  }
}

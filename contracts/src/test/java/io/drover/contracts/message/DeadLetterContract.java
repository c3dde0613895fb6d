package io.drover.contracts.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.signature.SignedRecord;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What every part's dead letter must be; each part's test calls this with a letter that the part
 * itself has sent.
 */
public final class DeadLetterContract {
  private static final Map<String, String> DOCUMENTED =
      Map.of(
          DeadLetter.CAUSE, ".{1," + DeadLetter.MAX_CAUSE_CHARS + "}",
          DeadLetter.TOPIC, "drover\\..+",
          DeadLetter.PARTITION, "[0-9]+",
          DeadLetter.OFFSET, "[0-9]+",
          DeadLetter.CONSUMER, "/(api-gateway|scheduler|secrets-service|host-agents/.+)");

  private DeadLetterContract() {}

  /**
   * Fails unless the letter has each documented header, says that this part sent it and where the
   * record is, and has kept the record's own headers.
   *
   * @param headers of the letter
   * @param record the headers of the record that could not be handled
   */
  public static void check(
      Map<String, byte[]> headers, EventSource consumer, String topic, Map<String, byte[]> record) {
    DOCUMENTED.forEach(
        (name, pattern) -> {
          assertThat(headers).as("headers of the dead letter").containsKey(name);
          assertThat(new String(headers.get(name), UTF_8)).as(name).matches("(?s)" + pattern);
        });
    assertThat(headers.keySet()).as("no header beside the documented").noneMatch(own(record));
    DeadLetter letter = DeadLetter.read(headers);
    assertThat(letter.consumer()).isEqualTo(consumer);
    assertThat(letter.topic()).isEqualTo(topic);
    record.forEach((name, value) -> assertThat(headers.get(name)).as(name).isEqualTo(value));
  }

  /** A header of Drover's that is neither documented nor the record's own. */
  private static java.util.function.Predicate<String> own(Map<String, byte[]> record) {
    return name ->
        name.startsWith("drover")
            && !DOCUMENTED.containsKey(name)
            && !SignedRecord.HEADER.equals(name)
            && !record.containsKey(name);
  }

  /** The documented names and patterns, as the list above has them. */
  static Map<String, String> documented(JsonNode schema) {
    Map<String, String> names = new LinkedHashMap<>();
    schema.get("required").forEach(name -> names.put(name.asText(), DOCUMENTED.get(name.asText())));
    return names;
  }

  static Map<String, String> checked() {
    return DOCUMENTED;
  }
}

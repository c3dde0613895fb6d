package io.drover.gateway.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.message.TopicRule;
import io.drover.gateway.topic.feed.TopicRecord;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * An event as clients get it.
 *
 * @param type the CloudEvents type; empty for a record that no client may see
 * @param json the CloudEvent in structured form
 */
record StreamEvent(
    int partition,
    long offset,
    String type,
    String project,
    String subject,
    String operation,
    String json) {
  private static final String PREFIX = "ce_";
  private static final Set<String> NUMBERS = Set.of("sequence", "hostsequence", "generation");

  /**
   * Reads a record; one that is no event of a project, or of another source than its topic may
   * have, becomes an event that nobody gets.
   */
  static StreamEvent of(TopicRecord record) {
    Map<String, byte[]> headers = record.headers();
    String type = text(headers, "type");
    String project = text(headers, "projectid");
    String json = "";
    boolean forged = !TopicRule.allows(record.topic(), text(headers, "source"));
    if (!type.isEmpty() && !project.isEmpty() && !forged && record.value() != null) {
      json = structured(headers, record.value());
    }
    return new StreamEvent(
        record.partition(),
        record.offset(),
        json.isEmpty() ? "" : type,
        project,
        text(headers, "subject"),
        text(headers, "operationid"),
        json);
  }

  /** The place of a record that nobody gets. */
  static StreamEvent none(TopicRecord record) {
    return new StreamEvent(record.partition(), record.offset(), "", "", "", "", "");
  }

  private static String text(Map<String, byte[]> headers, String attribute) {
    byte[] value = headers.get(PREFIX + attribute);
    return value == null ? "" : new String(value, UTF_8);
  }

  private static String structured(Map<String, byte[]> headers, byte[] value) {
    try {
      ObjectNode event = ContractJson.mapper().createObjectNode();
      for (Map.Entry<String, byte[]> header : headers.entrySet()) {
        if (header.getKey().startsWith(PREFIX)) {
          put(
              event,
              header.getKey().substring(PREFIX.length()),
              new String(header.getValue(), UTF_8));
        }
      }
      event.put("datacontenttype", "application/json");
      event.set("data", ContractJson.mapper().readTree(value));
      return ContractJson.mapper().writeValueAsString(event);
    } catch (IOException | NumberFormatException e) {
      return "";
    }
  }

  private static void put(ObjectNode event, String attribute, String value) {
    if (NUMBERS.contains(attribute)) {
      event.put(attribute, Long.parseLong(value));
    } else {
      event.put(attribute, value);
    }
  }
}

package io.drover.cli.gateway;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One event of the stream.
 *
 * @param id the position after it, for {@code Last-Event-ID}
 * @param type the CloudEvents type, as in {@code io.drover.event.domain-started.v1}
 * @param event the CloudEvent
 */
public record ServerEvent(String id, String type, JsonNode event) {
  private static final String PREFIX = "io.drover.event.";

  /** The short name of the type, as in {@code domain-started}. */
  public String kind() {
    return type.replace(PREFIX, "").replaceAll("\\.v\\d+$", "");
  }

  public JsonNode data() {
    return event.path("data");
  }
}

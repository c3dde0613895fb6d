package io.drover.cli.gateway;

import java.util.Optional;

/** Puts the lines of a {@code text/event-stream} together. Not thread-safe. */
final class EventLines {
  private static final int MAX_CHARS = 1024 * 1024;
  private String id = "";
  private String type = "";
  private final StringBuilder data = new StringBuilder();

  /** One whole event, its data still text. */
  record Raw(String id, String type, String data) {}

  /** Takes the next line; gives an event when the line was the blank one after it. */
  Optional<Raw> next(String line) {
    if (line.isEmpty()) {
      return flush();
    }
    int colon = line.indexOf(':');
    String field = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1);
    value = value.startsWith(" ") ? value.substring(1) : value;
    switch (field) {
      case "id" -> id = value;
      case "event" -> type = value;
      case "data" -> append(value);
      default -> {
        // Comments (heartbeats) and fields of later versions say nothing here.
      }
    }
    return Optional.empty();
  }

  private void append(String value) {
    if (data.length() + value.length() > MAX_CHARS) {
      throw new IllegalStateException("An event of the stream is larger than 1 MiB.");
    }
    data.append(data.length() == 0 ? "" : "\n").append(value);
  }

  private Optional<Raw> flush() {
    Optional<Raw> event =
        data.length() == 0 ? Optional.empty() : Optional.of(new Raw(id, type, data.toString()));
    data.setLength(0);
    type = "";
    return event;
  }
}

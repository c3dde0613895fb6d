package io.drover.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.cli.output.Amounts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Function;

/** How members of the API's objects are shown in cells. */
public final class Fields {
  /** A list is cut here; nobody reads a longer one on a terminal. */
  static final int MAX_ROWS = 10_000;

  private Fields() {}

  /** A member by its path, as in {@code host.name}; empty when it is absent. */
  public static Function<JsonNode, String> text(String path) {
    return row -> at(row, path).asText("");
  }

  static Function<JsonNode, String> size(String path) {
    return row -> at(row, path).isNumber() ? Amounts.size(at(row, path).asLong()) : "";
  }

  static Function<JsonNode, String> mebibytes(String path) {
    return row -> at(row, path).isNumber() ? Amounts.size(at(row, path).asLong() << 20) : "";
  }

  static Function<JsonNode, String> yesNo(String path) {
    return row -> at(row, path).asBoolean() ? "yes" : "no";
  }

  /** How long ago a time was. */
  static Function<JsonNode, String> age(String path, Clock clock) {
    return row -> {
      String time = at(row, path).asText("");
      try {
        return time.isEmpty()
            ? ""
            : Amounts.age(Duration.between(Instant.parse(time), clock.instant()));
      } catch (DateTimeParseException e) {
        return time;
      }
    };
  }

  /** As in {@code 42 % of 20 GiB}; empty where nothing is known. */
  public static Function<JsonNode, String> progress() {
    return row -> {
      long total = at(row, "progress.total").asLong();
      return total <= 0
          ? ""
          : Math.min(100, 100 * at(row, "progress.done").asLong() / total)
              + " % of "
              + Amounts.size(total);
    };
  }

  static JsonNode at(JsonNode row, String path) {
    JsonNode node = row;
    for (String name : path.split("\\.", -1)) {
      node = node.path(name);
    }
    return node;
  }
}

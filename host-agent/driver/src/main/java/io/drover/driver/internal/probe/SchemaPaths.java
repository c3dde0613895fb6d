package io.drover.driver.internal.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds its way through the answer to {@code query-qmp-schema}. */
final class SchemaPaths {
  private final Map<String, JsonNode> entries = new HashMap<>();

  SchemaPaths(JsonNode schema) {
    for (JsonNode entry : schema) {
      entries.put(entry.path("name").asText(), entry);
    }
  }

  /**
   * Whether the path leads somewhere: a command, then {@code arg-type}, {@code ret-type}, the name
   * of a member, {@code +variant}, {@code ^value} or {@code $feature}. Arrays are passed through.
   */
  boolean has(String path) {
    List<String> steps = List.of(path.split("/"));
    JsonNode at = entries.get(steps.get(0));
    for (String step : steps.subList(1, steps.size())) {
      if (at == null) {
        return false;
      }
      char sign = step.charAt(0);
      if (sign == '$' || sign == '^') {
        return listed(at, sign == '$' ? "features" : "values", step.substring(1));
      }
      at = elements(next(at, step));
    }
    return at != null;
  }

  private static boolean listed(JsonNode at, String list, String name) {
    for (JsonNode each : at.path(list)) {
      if (each.asText().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable JsonNode next(JsonNode at, String step) {
    if (step.equals("arg-type") || step.equals("ret-type")) {
      return entries.get(at.path(step).asText());
    }
    boolean variant = step.startsWith("+");
    String list = variant ? "variants" : "members";
    String name = variant ? step.substring(1) : step;
    for (JsonNode each : at.path(list)) {
      if (each.path(variant ? "case" : "name").asText().equals(name)) {
        return entries.get(each.path("type").asText());
      }
    }
    return null;
  }

  private @Nullable JsonNode elements(@Nullable JsonNode type) {
    JsonNode at = type;
    while (at != null && at.hasNonNull("element-type")) {
      at = entries.get(at.path("element-type").asText());
    }
    return at;
  }
}

package io.drover.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.drover.contracts.json.ContractJson;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** Writes answers in the asked format. */
public final class Printer {
  private final PrintWriter out;
  private final OutputFormat format;

  public Printer(PrintWriter out, OutputFormat format) {
    this.out = out;
    this.format = format;
  }

  public boolean json() {
    return format == OutputFormat.json;
  }

  /** A list: a table, or a JSON array. */
  public void list(Table table, List<JsonNode> rows, String nothing) {
    if (json()) {
      ArrayNode array = ContractJson.mapper().createArrayNode();
      array.addAll(rows);
      pretty(array);
    } else if (rows.isEmpty()) {
      line(nothing);
    } else {
      table.lines(rows).forEach(this::line);
    }
  }

  /**
   * One thing: names and values below each other, or the JSON object; empty values are left out.
   */
  public void one(JsonNode value, Map<String, String> fields) {
    if (json()) {
      pretty(value);
      return;
    }
    int width = fields.keySet().stream().mapToInt(String::length).max().orElse(0);
    fields.forEach(
        (name, text) -> {
          if (!text.isEmpty()) {
            line(name + " ".repeat(width - name.length() + 2) + Printable.of(text));
          }
        });
  }

  /** One sentence for people; programs get the JSON instead. */
  public void said(String sentence, JsonNode value) {
    if (json()) {
      pretty(value);
    } else {
      line(sentence);
    }
  }

  /** One JSON object on one line, for streams. */
  public void jsonLine(JsonNode value) {
    line(value.toString());
  }

  public void line(String text) {
    out.println(text);
    out.flush();
  }

  private void pretty(JsonNode value) {
    try {
      line(ContractJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A JSON tree must be writable", e);
    }
  }
}

package io.drover.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Columns over JSON objects, each as wide as its widest cell; numbers stand to the right. */
public final class Table {
  private static final int GAP = 2;
  private static final int MAX_CELL = 120;
  private final List<Column> columns = new ArrayList<>();

  private record Column(String title, boolean right, Function<JsonNode, String> cell) {}

  /** Adds a column whose cells are to be read from the left. */
  public Table text(String title, Function<JsonNode, String> cell) {
    columns.add(new Column(title, false, cell));
    return this;
  }

  /** Adds a column of numbers, which line up at the right. */
  public Table number(String title, Function<JsonNode, String> cell) {
    columns.add(new Column(title, true, cell));
    return this;
  }

  /** The lines, the titles first; no line ends with a space. */
  public List<String> lines(List<JsonNode> rows) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(columns.stream().map(Column::title).toList());
    for (JsonNode row : rows) {
      cells.add(columns.stream().map(column -> clean(column.cell().apply(row))).toList());
    }
    int[] widths = new int[columns.size()];
    for (List<String> row : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return cells.stream().map(row -> line(row, widths)).toList();
  }

  private String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - row.get(i).length());
      line.append(columns.get(i).right() ? padding + row.get(i) : row.get(i) + padding);
      line.append(" ".repeat(GAP));
    }
    return line.toString().stripTrailing();
  }

  /** What a server sends must not move the terminal's cursor. */
  private static String clean(String text) {
    String safe = Printable.of(text);
    String shown = safe.isEmpty() ? "-" : safe;
    return shown.length() > MAX_CELL ? shown.substring(0, MAX_CELL - 3) + "..." : shown;
  }
}

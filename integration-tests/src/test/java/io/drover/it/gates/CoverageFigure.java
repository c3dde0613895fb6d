package io.drover.it.gates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The coverage of the whole suite in one line, from JaCoCo's table; the build prints it last. */
public final class CoverageFigure {
  private static final int GROUP = 0;
  private static final int LINES_MISSED = 7;
  private static final int LINES_COVERED = 8;

  private record Lines(long covered, long all) {
    static final Lines NONE = new Lines(0, 0);

    Lines plus(Lines more) {
      return new Lines(covered + more.covered, all + more.all);
    }

    double percent() {
      return all == 0 ? 0 : 100.0 * covered / all;
    }
  }

  private CoverageFigure() {}

  /** Prints the figure of the CSV file that is the one argument. */
  public static void main(String[] arguments) throws IOException {
    Path table = Path.of(arguments[0]);
    System.out.println(Files.exists(table) ? of(table) : "Coverage: no test ran");
  }

  static String of(Path table) throws IOException {
    List<String> rows = Files.readAllLines(table);
    TreeMap<String, Lines> parts = new TreeMap<>();
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",", -1);
      long covered = Long.parseLong(cells[LINES_COVERED]);
      Lines lines = new Lines(covered, covered + Long.parseLong(cells[LINES_MISSED]));
      parts.merge(cells[GROUP].replaceFirst(".*/", ""), lines, Lines::plus);
    }
    Lines all = parts.values().stream().reduce(Lines.NONE, Lines::plus);
    return String.format(Locale.ROOT, "Coverage: %.1f %% of %d lines (", all.percent(), all.all())
        + parts.entrySet().stream()
            .map(
                part ->
                    String.format(
                        Locale.ROOT, "%s %.0f %%", part.getKey(), part.getValue().percent()))
            .collect(Collectors.joining(", "))
        + ")";
  }
}

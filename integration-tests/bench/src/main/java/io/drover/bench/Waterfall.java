package io.drover.bench;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The steps of a start on one axis of time: where each begins and ends, and what lies between. */
final class Waterfall {
  private static final int COLUMNS = 50;
  private final long whole;

  /**
   * @param whole how long the start took, in microseconds
   */
  Waterfall(long whole) {
    this.whole = Math.max(1, whole);
  }

  void print(Map<String, ? extends Collection<Contender.Span>> spans, PrintStream out) {
    List<Line> lines =
        spans.entrySet().stream()
            .map(each -> Line.of(each.getKey(), each.getValue()))
            .sorted(Comparator.comparingLong(Line::from))
            .toList();
    out.printf("  %-22s %9s %9s %9s %9s%n", "step", "from", "to", "took", "p95");
    long until = 0;
    long idle = 0;
    for (Line line : lines) {
      idle += Math.max(0, line.from() - until);
      until = Math.max(until, line.to());
      out.printf(
          Locale.ROOT,
          "  %-22s %9.1f %9.1f %9.1f %9.1f  |%s|%n",
          line.name(),
          line.from() / 1000.0,
          line.to() / 1000.0,
          line.took().median() / 1000.0,
          line.took().p95() / 1000.0,
          bar(line));
    }
    idle += Math.max(0, whole - until);
    out.printf(Locale.ROOT, "  %-22s %9s %9s %9.1f  (ms)%n", "in no step", "", "", idle / 1000.0);
  }

  private String bar(Line line) {
    int from = column(line.from());
    int to = Math.max(from + 1, column(line.to()));
    return " ".repeat(from) + "#".repeat(to - from) + " ".repeat(Math.max(0, COLUMNS - to));
  }

  private int column(long micros) {
    return (int) Math.min(COLUMNS - 1L, Math.max(0, micros * COLUMNS / whole));
  }

  /** Medians of one step. */
  private record Line(String name, long from, long to, Figures took) {
    static Line of(String name, Collection<Contender.Span> spans) {
      return new Line(
          name,
          median(spans, Contender.Span::from),
          median(spans, Contender.Span::to),
          Figures.of(spans.stream().map(Contender.Span::micros).toList()));
    }

    private static long median(
        Collection<Contender.Span> spans, ToLongFunction<Contender.Span> part) {
      return Figures.of(spans.stream().map(part::applyAsLong).toList()).median();
    }
  }
}

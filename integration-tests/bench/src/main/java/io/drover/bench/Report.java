package io.drover.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures as a table, then where the time of each contender went. */
final class Report {
  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
  }

  void print(Map<Contender, List<Contender.Run>> runs) {
    Map<Contender, Figures> figures = new LinkedHashMap<>();
    runs.forEach((contender, list) -> figures.put(contender, figures(list)));
    Figures first = figures.values().iterator().next();
    out.printf("%n%-16s %4s %9s %9s %9s %7s%n", "start", "n", "min", "median", "p95", "x raw");
    figures.forEach(
        (contender, f) ->
            out.printf(
                Locale.ROOT,
                "%-16s %4d %9s %9s %9s %7.2f%n",
                contender.name(),
                f.count(),
                millis(f.min()),
                millis(f.median()),
                millis(f.p95()),
                f.times(first)));
    out.println();
    runs.keySet().forEach(each -> out.printf("%-16s %s%n", each.name(), each.covers()));
    runs.forEach(this::steps);
  }

  private void steps(Contender contender, List<Contender.Run> runs) {
    Map<String, List<Contender.Span>> byStep = new LinkedHashMap<>();
    for (Contender.Run run : runs) {
      run.steps()
          .forEach((step, span) -> byStep.computeIfAbsent(step, s -> new ArrayList<>()).add(span));
    }
    if (!byStep.isEmpty()) {
      out.printf("%n%s: its steps, from the begin of the whole (medians)%n", contender.name());
      new Waterfall(figures(runs).median()).print(byStep, out);
    }
  }

  private static Figures figures(List<Contender.Run> runs) {
    return Figures.of(runs.stream().map(Contender.Run::micros).toList());
  }

  private static String millis(long micros) {
    return String.format(Locale.ROOT, "%.1f ms", micros / 1000.0);
  }
}

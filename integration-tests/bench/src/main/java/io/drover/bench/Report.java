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
    Map<String, List<Long>> byStep = new LinkedHashMap<>();
    for (Contender.Run run : runs) {
      run.steps()
          .forEach(
              (step, micros) -> byStep.computeIfAbsent(step, s -> new ArrayList<>()).add(micros));
    }
    if (byStep.isEmpty()) {
      return;
    }
    out.printf("%n%s, medians of its steps%n", contender.name());
    long named = 0;
    for (Map.Entry<String, List<Long>> step : byStep.entrySet()) {
      Figures f = Figures.of(step.getValue());
      named += f.median();
      out.printf("  %-22s %9s   p95 %9s%n", step.getKey(), millis(f.median()), millis(f.p95()));
    }
    out.printf("  %-22s %9s%n", "(between the steps)", millis(figures(runs).median() - named));
  }

  private static Figures figures(List<Contender.Run> runs) {
    return Figures.of(runs.stream().map(Contender.Run::micros).toList());
  }

  private static String millis(long micros) {
    return String.format(Locale.ROOT, "%.1f ms", micros / 1000.0);
  }
}

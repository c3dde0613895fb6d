package io.drover.it.campaign;

import io.drover.it.campaign.TenantCalls.Failure;
import io.drover.it.suite.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a campaign did and met, for people. */
record CampaignReport(long seed, FaultSchedule schedule, List<TenantCalls> tenants) {
  /**
   * @param agreed from the moment in which the suite was whole
   */
  void print(Duration took, Duration agreed, Database database) throws SQLException {
    List<Failure> failures = failures();
    System.out.printf(
        Locale.ROOT,
        "seed %d: %d faults in %d s, %s%n",
        seed,
        schedule.steps().size(),
        took.toSeconds(),
        counts(schedule.steps(), step -> step.fault().kind()));
    System.out.printf(
        Locale.ROOT,
        "seed %d: %d operations, %d failed %s%n",
        seed,
        operations(),
        failures.size(),
        counts(failures, Failure::code));
    failures.forEach(failure -> System.out.println("  " + failure.what() + ": " + failure.text()));
    System.out.println("seed " + seed + ": the longest operations (s, kind, state)");
    for (List<String> row : database.rows(LONGEST)) {
      System.out.println("  " + String.join(" ", row));
    }
    System.out.printf(
        Locale.ROOT,
        "seed %d: states, claims, volumes, keys and processes agreed %.1f s after the suite was"
            + " whole%n",
        seed,
        agreed.toMillis() / 1e3);
  }

  private static final String LONGEST =
      """
      select round(extract(epoch from finished_at - created_at), 1), kind, state
        from gateway.operations where finished_at is not null
        order by finished_at - created_at desc limit 3""";

  int operations() {
    return tenants.stream().mapToInt(TenantCalls::operations).sum();
  }

  List<Failure> failures() {
    return tenants.stream().flatMap(tenant -> tenant.failures().stream()).toList();
  }

  private static <T> Map<String, Long> counts(List<T> all, Function<T, String> by) {
    return all.stream().collect(Collectors.groupingBy(by, TreeMap::new, Collectors.counting()));
  }
}

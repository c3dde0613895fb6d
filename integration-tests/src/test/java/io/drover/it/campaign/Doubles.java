package io.drover.it.campaign;

import io.drover.it.suite.QemuProcesses;
import io.drover.it.suite.RunningSuite;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the processes of all hosts all the time: a domain that runs twice for longer than a
 * moment is seen.
 */
final class Doubles implements Callable<@Nullable Void> {
  /** Half of a core would be used up without it. */
  private static final Duration BETWEEN = Duration.ofMillis(100);

  private static final Pattern ID = Pattern.compile(" -uuid ([0-9a-f-]{36}) ");

  private final RunningSuite suite;
  private final AtomicBoolean over;
  private final Set<String> seen = new ConcurrentSkipListSet<>();

  Doubles(RunningSuite suite, AtomicBoolean over) {
    this.suite = suite;
    this.over = over;
  }

  @Override
  public @Nullable Void call() throws InterruptedException {
    while (!over.get()) {
      FaultSite.pass(BETWEEN);
      running(suite).entrySet().stream()
          .filter(domain -> domain.getValue() > 1)
          .forEach(domain -> seen.add(domain.getKey()));
    }
    return null;
  }

  /** How many processes each running domain has, by its UUID. */
  static Map<String, Integer> running(RunningSuite suite) {
    Map<String, Integer> running = new HashMap<>();
    for (ProcessHandle qemu : suite.qemus()) {
      Matcher id = ID.matcher(QemuProcesses.commandLine(qemu.pid()));
      if (id.find()) {
        running.merge(id.group(1), 1, Integer::sum);
      }
    }
    return running;
  }

  Set<String> seen() {
    return Set.copyOf(seen);
  }
}

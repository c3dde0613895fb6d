package io.drover.it.campaign;

import io.drover.it.suite.QemuProcesses;
import io.drover.it.suite.RunningSuite;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at the processes of all hosts without a pause: a domain that runs twice is seen. */
final class Doubles implements Runnable {
  private static final Pattern ID = Pattern.compile(" -uuid ([0-9a-f-]{36}) ");

  private final RunningSuite suite;
  private final AtomicBoolean over;
  private final Set<String> seen = new ConcurrentSkipListSet<>();

  Doubles(RunningSuite suite, AtomicBoolean over) {
    this.suite = suite;
    this.over = over;
  }

  @Override
  public void run() {
    while (!over.get()) {
      running(suite).entrySet().stream()
          .filter(domain -> domain.getValue() > 1)
          .forEach(domain -> seen.add(domain.getKey()));
    }
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

package io.drover.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** How long definitions take to become command lines: one in a warm JVM, many in a new process. */
final class DriverSpeed {
  private static final double MICROS_PER_MS = 1_000;
  private static final int COLD_RUNS = 5;
  private final Path home;

  DriverSpeed(Path home) {
    this.home = home;
  }

  void measure(PrintStream out) throws IOException, InterruptedException, RunnerException {
    Statistics warm =
        warm(home.resolve("host-agent/driver/src/test/resources/golden/pc-disks-of-every-bus.xml"));
    print(out, "one definition, warm (JMH)", warm.getPercentile(50), warm.getPercentile(95));
    List<String> files = definitions();
    Figures cold = cold(files);
    print(out, files.size() + " definitions, a process", cold.median(), cold.p95());
  }

  private static Statistics warm(Path definition) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include(DefinitionBenchmark.class.getName())
            .jvmArgsAppend("-D" + DefinitionBenchmark.FILE + "=" + definition)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .build();
    return new Runner(options).runSingle().getPrimaryResult().getStatistics();
  }

  /** The first run is left out: it may still archive classes. */
  private Figures cold(List<String> files) throws InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(home.resolve("drover").toString(), "domxml-to-native", "qemu-argv"));
    command.add("--json");
    command.addAll(files);
    List<Long> micros = new ArrayList<>();
    for (int i = 0; i <= COLD_RUNS; i++) {
      long from = System.nanoTime();
      Commands.succeeds(command); // some may be refused, which takes its time too
      micros.add((System.nanoTime() - from) / 1_000);
    }
    return Figures.of(micros.subList(1, micros.size()));
  }

  /** libvirt's own cases where they are beside the checkout, else the golden files. */
  private List<String> definitions() throws IOException {
    Path corpus = home.resolveSibling("shared/corpus/libvirt/accept");
    Path golden = home.resolve("host-agent/driver/src/test/resources/golden");
    try (Stream<Path> files = Files.list(Files.isDirectory(corpus) ? corpus : golden)) {
      return files.map(Path::toString).filter(file -> file.endsWith(".xml")).sorted().toList();
    }
  }

  private static void print(PrintStream out, String what, double median, double p95) {
    out.printf(
        "%-32s median %8.3f ms, p95 %8.3f ms%n", what, median / MICROS_PER_MS, p95 / MICROS_PER_MS);
  }
}

package io.drover.bench;

import io.drover.driver.argv.NativeArgv;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How long definitions take to become command lines: one in a warm JVM, many in a new process. */
final class DriverSpeed {
  private static final int WARM_UPS = 5_000;
  private static final int WARM_RUNS = 2_000;
  private static final int COLD_RUNS = 5;
  private final Path home;

  DriverSpeed(Path home) {
    this.home = home;
  }

  void measure(PrintStream out) throws IOException, InterruptedException {
    Path typical =
        home.resolve("host-agent/driver/src/test/resources/golden/pc-disks-of-every-bus.xml");
    print(out, "one definition, warm", warm(Files.readString(typical)));
    List<String> files = definitions();
    print(out, files.size() + " definitions, a process", cold(files));
  }

  private static Figures warm(String xml) {
    for (int i = 0; i < WARM_UPS; i++) {
      NativeArgv.of(xml);
    }
    List<Long> micros = new ArrayList<>();
    for (int i = 0; i < WARM_RUNS; i++) {
      long from = System.nanoTime();
      NativeArgv.of(xml);
      micros.add((System.nanoTime() - from) / 1_000);
    }
    return Figures.of(micros);
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

  private static void print(PrintStream out, String what, Figures figures) {
    out.printf(
        "%-32s median %8.3f ms, p95 %8.3f ms%n",
        what, figures.median() / 1_000.0, figures.p95() / 1_000.0);
  }
}

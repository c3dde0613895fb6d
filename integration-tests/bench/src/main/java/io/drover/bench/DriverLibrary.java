package io.drover.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.driver.Domain;
import io.drover.driver.DriverOptions;
import io.drover.driver.QemuDriver;
import io.drover.driver.StartOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The driver in this JVM, without services: from XML to running CPUs. */
final class DriverLibrary implements Contender {
  private static final String NAME = "drover-bench-driver";
  private final Path root;
  private final QemuDriver driver;

  private DriverLibrary(Path root, QemuDriver driver) {
    this.root = root;
    this.driver = driver;
  }

  /** Opens a driver, and waits until it knows what its host can do. */
  static DriverLibrary open(Path root) throws IOException {
    Files.createDirectories(root);
    QemuDriver driver =
        QemuDriver.open(
            URI.create("qemu:///embed?root=" + root),
            DriverOptions.builder().qemuAsRoot(true).build());
    driver.capabilities();
    return new DriverLibrary(root, driver);
  }

  /** QEMU alone with the command line that this driver makes. */
  RawQemu raw(Path copy) throws IOException {
    Domain domain = start(new LinkedHashMap<>(), Instant.now());
    try {
      byte[] commandLine =
          Files.readAllBytes(Path.of("/proc", Long.toString(domain.pid()), "cmdline"));
      List<String> argv = Arrays.asList(new String(commandLine, UTF_8).split("\0"));
      return RawQemu.of(argv, root, copy);
    } finally {
      domain.destroy();
    }
  }

  @Override
  public String name() {
    return "driver library";
  }

  @Override
  public String covers() {
    return "start() of the XML to its return: CPUs run, the journal is written";
  }

  @Override
  public Run run(int number) {
    Map<String, Span> steps = new LinkedHashMap<>();
    Instant zero = Instant.now();
    long begun = System.nanoTime();
    Domain domain = start(steps, zero);
    long took = System.nanoTime() - begun;
    domain.destroy();
    return new Run(took / 1000, steps);
  }

  private Domain start(Map<String, Span> steps, Instant zero) {
    UUID id = UUID.nameUUIDFromBytes(NAME.getBytes(UTF_8));
    return driver.start(
        BenchDomain.xml(NAME, id),
        StartOptions.plain()
            .withSteps(
                (step, at, took) ->
                    steps.put(step.stepName(), Span.between(zero, at, at.plus(took)))));
  }

  @Override
  public void close() {
    driver.close();
  }
}

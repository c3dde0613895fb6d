package io.drover.driver.internal.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.corpus.LibvirtCorpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * The installed QEMU takes the command line of every definition, up to its greeting and back: by
 * the runnable form, with stand-ins for what the definitions name on their hosts.
 */
class EveryDefinitionStartsIT {
  private static final long DEADLINE_SECONDS = 150;

  /** Definitions that have no runnable form, and what the refusal says. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "host-devices.xml", "This host has looked up no SCSI devices of adapters",
          "virtiofs-and-9p.xml", "This host's QEMU has no driver 'handle' any more",
          "disk-descriptors.xml", "This host was given no descriptors of the group 'one'.",
          "disk-transient.xml", "This host has made no overlay for the <transient/> disk",
          "disk-lun-managed-reservations.xml", "This host does not run qemu-pr-helper");

  /** Two guests at a time: more would only wait for each other. */
  private final ExecutorService two = Executors.newFixedThreadPool(2);

  /** Short, because sockets come into it. */
  private Path root;

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createTempDirectory("drover");
  }

  @AfterEach
  void end() throws IOException {
    two.shutdownNow();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  /** More than a hundred starts; the golden files stand for each kind of device every day. */
  @Tag("nightly")
  @TestFactory
  Stream<DynamicTest> ofLibvirtsOwnCases() throws IOException {
    List<String> names = Files.readAllLines(LibvirtCorpus.file("runnable.txt"));
    Path cases = LibvirtCorpus.file("accept");
    assertThat(names).hasSizeGreaterThan(100);
    return started(names.stream().map(name -> cases.resolve(name + ".xml")).toList());
  }

  @TestFactory
  Stream<DynamicTest> ofTheGoldenFiles() throws IOException {
    Path golden =
        Path.of(
            System.getProperty("project.root", "../.."),
            "host-agent/definition/src/test/resources/golden");
    try (Stream<Path> files = Files.list(golden)) {
      return started(
          files
              .filter(file -> file.toString().endsWith(".argv"))
              .map(file -> Path.of(file.toString().replaceFirst("argv$", "xml")))
              .sorted()
              .toList());
    }
  }

  private Stream<DynamicTest> started(List<Path> definitions) {
    record Case(Path file, Future<String> status) {}
    List<Case> cases =
        definitions.stream().map(file -> new Case(file, two.submit(() -> start(file)))).toList();
    return cases.stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.file().getFileName().toString(),
                    () -> check(each.file().getFileName().toString(), each.status())));
  }

  private static void check(String name, Future<String> status) throws Exception {
    String refusal = REFUSED.get(name);
    if (refusal != null) {
      assertThatThrownBy(() -> status.get(DEADLINE_SECONDS, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ProblemException.class)
          .hasMessageContaining(refusal);
      return;
    }
    assertThat(status.get(DEADLINE_SECONDS, TimeUnit.SECONDS))
        .isIn("running", "paused", "prelaunch");
  }

  private String start(Path file) throws Exception {
    Path folder = Files.createTempDirectory(root, "");
    return StartedGuest.run(DomainXml.read(Files.readAllBytes(file)), folder);
  }
}

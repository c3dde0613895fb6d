package io.drover.it.arch;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.drover.it.ProjectFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The classes that the rules are about: what the compiler made of the main sources of every module.
 * What Quarkus generates is elsewhere (in {@code quarkus-app}) and is not looked at.
 */
final class SuiteClasses {
  static final String ROOT = "io.drover";
  static final String PLANTED_ROOT = "io.drover.it.arch.planted";

  /** Measurements start what others own on purpose, and are no part of the suite. */
  static final String MEASUREMENTS = "integration-tests/bench";

  /** The top packages; each is one module, in the order of the build. */
  static final List<String> PARTS =
      List.of(
          "contracts",
          "definition",
          "driver",
          "gateway",
          "scheduler",
          "secrets",
          "agent",
          "cli",
          "hostcli",
          "standalone");

  /** The parts that are Quarkus services. */
  static final List<String> SERVICES = List.of("gateway", "scheduler", "secrets", "agent");

  private SuiteClasses() {}

  static JavaClasses suite() {
    return new ClassFileImporter().importPaths(folders().toArray(Path[]::new));
  }

  static JavaClasses planted() {
    return new ClassFileImporter().importPackages(PLANTED_ROOT);
  }

  /** Compiled classes of each module that has any, this one excepted. */
  static List<Path> folders() {
    return ProjectFiles.modules().stream()
        .filter(module -> !module.endsWith(MEASUREMENTS))
        .map(module -> module.resolve("target/classes"))
        .filter(Files::isDirectory)
        .toList();
  }
}

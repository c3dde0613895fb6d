package io.drover.standalone.process;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A packaged Quarkus application on a plain class path. Quarkus' own launcher has a class loader of
 * its own, whose classes a {@link ClassArchive} keeps by half: they are read and checked again at
 * each start. From the plain class path they are mapped; a start takes a fifth less of the CPU.
 *
 * @param folder of {@code quarkus-run.jar}
 */
public record QuarkusApplication(Path folder) {
  /** In this order: what Quarkus has rewritten comes before what it was made of. */
  private static final List<String> FIRST =
      List.of("quarkus/transformed-bytecode.jar", "quarkus/generated-bytecode.jar");

  /** What Quarkus' launcher would have set. */
  private static final List<String> FLAGS =
      List.of(
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
          "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
              + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory");

  /** Whether it was built. */
  public boolean exists() {
    return Files.exists(folder.resolve("quarkus-run.jar"));
  }

  /** What the JVM is told. */
  public static List<String> flags() {
    return FLAGS;
  }

  /** The class that Quarkus' launcher would call: behind the mark and the version of its file. */
  public String mainClass() throws IOException {
    Path description = folder.resolve("quarkus/quarkus-application.dat");
    try (DataInputStream in = new DataInputStream(Files.newInputStream(description))) {
      in.readInt();
      in.readInt();
      return in.readUTF();
    }
  }

  /** The class path as a variable, which keeps lists of processes readable. */
  public Map<String, String> environment() throws IOException {
    List<Path> jars = new ArrayList<>(FIRST.stream().map(folder::resolve).toList());
    for (String part : List.of("app", "lib/boot", "lib/main")) {
      jars.addAll(largestFirst(folder.resolve(part)));
    }
    return Map.of(
        "CLASSPATH",
        jars.stream()
            .filter(Files::exists)
            .map(Path::toString)
            .collect(Collectors.joining(java.io.File.pathSeparator)));
  }

  /** A class is looked for in one jar after the other: most are in the large ones. */
  private static List<Path> largestFirst(Path part) throws IOException {
    record Jar(Path file, long bytes) {}
    List<Jar> jars = new ArrayList<>();
    try (Stream<Path> files = Files.list(part)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".jar")).toList()) {
        jars.add(new Jar(file, Files.size(file)));
      }
    }
    jars.sort(Comparator.comparingLong(Jar::bytes).reversed().thenComparing(Jar::file));
    return jars.stream().map(Jar::file).toList();
  }
}

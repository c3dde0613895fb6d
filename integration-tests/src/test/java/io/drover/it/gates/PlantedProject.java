package io.drover.it.gates;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.it.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A small project below {@code target} that has the parent pom of the suite and so passes through
 * its gates. It is built by the Maven, and from the local repository, that run this test.
 */
final class PlantedProject {
  private static final long LIMIT_SECONDS = 180;
  private final Path root;
  private final TreeMap<String, String> modules = new TreeMap<>();

  /** What a build of it printed. */
  record Build(int exit, String log) {
    /** What the log says about one module: its own part, and the reason of its failure. */
    String about(String module) {
      return between("Building " + module + " ", "\n[INFO] Building ")
          + between("on project " + module + ":", "[Help ");
    }

    private String between(String from, String to) {
      int start = log.indexOf(from);
      int lineStart = start < 0 ? 0 : log.lastIndexOf('\n', start) + 1;
      int end = log.indexOf(to, start + 1);
      return start < 0 ? "" : log.substring(lineStart, end < 0 ? log.length() : end);
    }

    boolean passed(String module) {
      return log.lines()
          .anyMatch(line -> line.contains(" " + module + " .") && line.contains("SUCCESS"));
    }
  }

  PlantedProject(Path root) throws IOException {
    this.root = root;
    delete();
    Files.createDirectories(root);
  }

  Path module(String name) {
    return root.resolve(name);
  }

  /** Adds a module with one class. */
  PlantedProject with(String module, String file, String source) throws IOException {
    modules.put(module, "");
    Path folder = module(module);
    write(
        folder.resolve("pom.xml"),
        pom(module, "<artifactId>planted</artifactId>", "../pom.xml", ""));
    write(folder.resolve("src/main/java/planted").resolve(file), source);
    return this;
  }

  PlantedProject withTest(String module, String file, String source) throws IOException {
    write(module(module).resolve("src/test/java/planted").resolve(file), source);
    return this;
  }

  Build build(String... arguments) throws IOException, InterruptedException {
    StringBuilder list = new StringBuilder("<packaging>pom</packaging><modules>");
    modules.keySet().forEach(name -> list.append("<module>").append(name).append("</module>"));
    String parent = root.relativize(ProjectFiles.root()).resolve("pom.xml").toString();
    write(
        root.resolve("pom.xml"),
        pom(
            "planted",
            "<artifactId>drover</artifactId>",
            parent,
            list.append("</modules>").toString()));
    Path log = Files.createTempFile(root, "build", ".log");
    Stream<String> command =
        Stream.concat(
            Stream.of(
                Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                "-o",
                "-B",
                "-fae",
                "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"),
                "-f",
                root.resolve("pom.xml").toString()),
            Stream.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command.toList()).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("MAVEN_OPTS", "-Xmx512m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    Process maven = builder.start();
    if (!maven.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      maven.descendants().forEach(ProcessHandle::destroyForcibly);
      maven.destroyForcibly();
      throw new AssertionError("The build took longer than " + LIMIT_SECONDS + " s: see " + log);
    }
    return new Build(maven.exitValue(), Files.readString(log, UTF_8));
  }

  private static String pom(String name, String parent, String path, String rest) {
    String group = parent.contains(">drover<") ? "io.drover" : "io.drover.planted";
    return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <parent>
            <groupId>%s</groupId>%s<version>0.1.0-SNAPSHOT</version><relativePath>%s</relativePath>
          </parent>
          <groupId>io.drover.planted</groupId><artifactId>%s</artifactId><name>%s</name>%s
          <dependencies>
            <dependency><groupId>org.jspecify</groupId><artifactId>jspecify</artifactId></dependency>
            <dependency>
              <groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId><scope>test</scope>
            </dependency>
          </dependencies>
        </project>
        """
        .formatted(group, parent, path, name, name, rest);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void delete() throws IOException {
    if (Files.exists(root)) {
      try (Stream<Path> files = Files.walk(root)) {
        List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        for (Path file : deepestFirst) {
          Files.delete(file);
        }
      }
    }
  }
}

package io.drover.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.it.ProjectFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/security/dependencies.md speaks of the versions that are really built in. */
class DependenciesPageIT {
  private static final Path ROOT = ProjectFiles.root();
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z0-9*-]+)` \\| (\\S+) \\| ([a-z ]+) \\| .+ \\|");
  private static final Map<String, String> SERVICES =
      Map.of(
          "gateway", "api-gateway",
          "scheduler", "scheduler",
          "secrets", "secrets-service",
          "agent", "host-agent/service");

  /** A line of the page. */
  private record Row(String library, String version, Set<String> classPaths) {}

  @Test
  void versionsAndClassPathsAreThoseOfTheJars() throws IOException {
    Map<String, List<String>> built = classPaths();
    assertThat(rows()).hasSizeGreaterThan(10);
    for (Row row : rows()) {
      if (!row.classPaths().contains("zip")) {
        Map<String, Set<String>> found = new TreeMap<>();
        built.forEach((name, jars) -> addVersions(found, name, row.library(), jars));
        assertThat(found.keySet()).as(row.library()).isEqualTo(row.classPaths());
        assertThat(found.values()).as(row.library()).containsOnly(Set.of(row.version()));
      }
    }
  }

  @Test
  void keycloakIsThatOfTheParentPom() {
    Row keycloak =
        rows().stream().filter(row -> row.library().equals("keycloak")).findFirst().orElseThrow();
    assertThat(ProjectFiles.text(ROOT.resolve("pom.xml")))
        .contains("<keycloak.version>" + keycloak.version() + "</keycloak.version>");
  }

  @Test
  void noServiceHasRulesByPathOrServesFilesOrReadsBaggage() {
    for (String module : SERVICES.values()) {
      Path resources = ROOT.resolve(module).resolve("src/main/resources");
      assertThat(resources.resolve("META-INF/resources")).doesNotExist();
      assertThat(ProjectFiles.text(resources.resolve("application.properties")))
          .as(module)
          .doesNotContain("quarkus.http.auth.permission")
          .contains("quarkus.otel.propagators=tracecontext");
    }
  }

  @Test
  void findsTheVersionInEveryFormOfAJarsName() {
    Map<String, Set<String>> found = new TreeMap<>();
    List<String> jars =
        List.of(
            "io.netty.netty-common-4.1.1.Final.jar",
            "netty-transport-native-epoll-4.1.2.Final-linux-x86_64.jar",
            "quarkus-netty-3.0.0.jar");
    addVersions(found, "here", "netty-*", jars);
    assertThat(found).isEqualTo(Map.of("here", Set.of("4.1.1.Final", "4.1.2.Final")));
  }

  private static void addVersions(
      Map<String, Set<String>> found, String classPath, String library, List<String> jars) {
    Pattern name =
        Pattern.compile(
            "(?:.*\\.)?" + library.replace("*", "[a-z0-9-]+?") + "-(\\d[^-]*?)(-.*)?\\.jar");
    for (String jar : jars) {
      Matcher matcher = name.matcher(jar);
      if (matcher.matches()) {
        found.computeIfAbsent(classPath, any -> new TreeSet<>()).add(matcher.group(1));
      }
    }
  }

  private static List<Row> rows() {
    return ProjectFiles.text(ROOT.resolve("docs/security/dependencies.md"))
        .lines()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .map(row -> new Row(row.group(1), row.group(2), Set.of(row.group(3).split(" "))))
        .toList();
  }

  private static Map<String, List<String>> classPaths() throws IOException {
    Map<String, List<String>> found = new TreeMap<>();
    SERVICES.forEach(
        (name, module) -> found.put(name, jars(ROOT.resolve(module + "/target/quarkus-app/lib"))));
    found.put("cli", jars(ROOT.resolve("cli/target/lib")));
    found.put("standalone", jars(ROOT.resolve("deploy/standalone/target/lib")));
    String driver =
        Files.readString(ROOT.resolve("host-agent/driver/target/runtime-classpath.txt"));
    found.put(
        "driver",
        Stream.of(driver.strip().split(":"))
            .map(jar -> String.valueOf(Path.of(jar).getFileName()))
            .toList());
    return found;
  }

  private static List<String> jars(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".jar"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.drover.it.suite;

import io.drover.standalone.cluster.ClusterOptions;
import io.drover.standalone.cluster.Guests;
import io.drover.standalone.cluster.StandaloneCluster;
import io.drover.standalone.process.SystemCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The data folder of a test's suite, which begins empty but for what takes long to make. */
public record SuiteData(Path folder) {
  /** What a suite of root has elsewhere, for QEMU and PostgreSQL to reach. */
  private static final List<String> LINKED = List.of("h", "postgresql");

  /** What Keycloak's folder has once its jars are as they run. */
  private static final String BUILT = "built";

  /**
   * Ends what a killed run has left, which would write while it is cleared, and clears it. The
   * unpacked Keycloak and PostgreSQL's programs are kept between builds.
   */
  public void clear() throws IOException {
    StandaloneCluster.endLeftovers(folder);
    Guests.under(folder).forEach(ProcessHandle::destroyForcibly);
    clear(folder, folder);
    for (String apart : LINKED) {
      Path link = folder.resolve(apart);
      if (Files.isSymbolicLink(link) && Files.exists(link)) {
        clear(Files.readSymbolicLink(link), link);
      }
    }
    for (Path root : furtherHosts()) {
      clear(root, folder.resolve(root.getFileName().toString()));
    }
  }

  /** Takes over the programs of a Keycloak that another suite of this build has built. */
  public void borrowKeycloak() throws IOException, InterruptedException {
    Path own = folder.resolve("keycloak");
    if (Files.exists(own.resolve(BUILT))) {
      return;
    }
    for (Path other : children(folder.resolveSibling("."))) {
      Path keycloak = other.resolve("keycloak");
      if (Files.exists(keycloak.resolve(BUILT))) {
        Files.createDirectories(own);
        for (Path part : children(keycloak)) {
          String name = part.getFileName().toString();
          if (!name.equals("data") && !name.equals(BUILT)) {
            SystemCommand.require(List.of("cp", "-a", part.toString(), own.toString()));
          }
        }
        Files.createFile(own.resolve(BUILT));
        return;
      }
    }
  }

  private static List<Path> children(Path of) throws IOException {
    try (Stream<Path> children = Files.list(of)) {
      return children.sorted().toList();
    }
  }

  /** The root of an agent of the suite; host 1 is the machine itself. */
  public Path rootOf(int host) throws IOException {
    Path first = folder.resolve("h");
    Path real = Files.isSymbolicLink(first) ? Files.readSymbolicLink(first) : first;
    return host == 1 ? real : real.resolveSibling("h" + host);
  }

  private List<Path> furtherHosts() throws IOException {
    List<Path> roots = new ArrayList<>();
    for (int host = 2; host <= ClusterOptions.MAX_HOSTS; host++) {
      if (Files.exists(rootOf(host))) {
        roots.add(rootOf(host));
      }
    }
    return roots;
  }

  /**
   * @param shown where the files are seen in the data folder
   */
  private void clear(Path from, Path shown) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!kept(shown.resolve(from.relativize(file)))) {
          Files.delete(file);
        }
      }
    }
  }

  /** Keycloak's own data holds the passwords of a suite that is gone. */
  private boolean kept(Path file) {
    List<Path> all =
        Stream.of("keycloak", "postgresql/binaries", "h/cache", "run")
            .map(folder::resolve)
            .toList();
    boolean below = all.stream().anyMatch(kept -> file.startsWith(kept) || kept.startsWith(file));
    return below && !file.startsWith(folder.resolve("keycloak/data"));
  }
}

package io.drover.it.suite;

import io.drover.it.ProjectFiles;
import io.drover.standalone.cluster.ClusterOptions;
import io.drover.standalone.cluster.Guests;
import io.drover.standalone.cluster.Ports;
import io.drover.standalone.cluster.StandaloneCluster;
import io.drover.standalone.cluster.StartProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts the suite for the first class that asks, gives it to each that follows, and ends it, with
 * every guest, behind the last. Each JVM of a build has a suite of its own. Data begins empty; the
 * unpacked Keycloak is kept between builds.
 */
public final class SharedSuite implements BeforeAllCallback, ParameterResolver {
  private static final Path DATA =
      ProjectFiles.root()
          .resolve("integration-tests/target")
          .resolve(System.getProperty("drover.suite", "suite"));
  private static final List<Path> KEPT =
      List.of(
          DATA.resolve("keycloak"),
          DATA.resolve("cds"),
          DATA.resolve("postgresql/binaries"),
          // What the agent found out about this host; it checks that nothing has changed.
          DATA.resolve("h/cache"),
          DATA.resolve("run"));

  /** What a suite of root has elsewhere, for QEMU and PostgreSQL to reach. */
  private static final List<String> LINKED = List.of("h", "postgresql");

  /** The one suite of this JVM. */
  private static final class Running
      implements ExtensionContext.Store.CloseableResource, AutoCloseable {
    private final Ports ports;
    private @Nullable RunningSuite suite;

    Running() throws Exception {
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
      // A run that was killed has left its services, which would write while it is cleared.
      StandaloneCluster.endLeftovers(DATA);
      Guests.under(DATA).forEach(ProcessHandle::destroyForcibly);
      clear();
      ports = Ports.free();
      open();
    }

    void open() throws Exception {
      ClusterOptions options = new ClusterOptions(ProjectFiles.root(), DATA, ports);
      suite =
          new RunningSuite(StandaloneCluster.start(options, StartProgress.SILENT), this::reopen);
      running().awaitHost();
    }

    RunningSuite reopen() {
      try {
        running().suite().close();
        open();
        return running();
      } catch (Exception e) {
        throw new AssertionError("The suite does not start again; see " + DATA.resolve("logs"), e);
      }
    }

    RunningSuite running() {
      return java.util.Objects.requireNonNull(suite);
    }

    @Override
    public void close() {
      running().suite().close();
      Guests.under(DATA).forEach(ProcessHandle::destroyForcibly);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    running(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == RunningSuite.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return running(context).running();
  }

  private static Running running(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(SharedSuite.class))
        .getOrComputeIfAbsent(
            Running.class,
            key -> {
              try {
                return new Running();
              } catch (Exception e) {
                throw new AssertionError(
                    "The suite does not start; see " + DATA.resolve("logs"), e);
              }
            },
            Running.class);
  }

  private static void clear() throws IOException {
    if (!Files.exists(DATA)) {
      return;
    }
    clear(DATA, DATA);
    for (String apart : LINKED) {
      if (Files.isSymbolicLink(DATA.resolve(apart)) && Files.exists(DATA.resolve(apart))) {
        clear(Files.readSymbolicLink(DATA.resolve(apart)), DATA.resolve(apart));
      }
    }
  }

  /**
   * @param shown where the folder is seen in the data folder
   */
  private static void clear(Path folder, Path shown) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!kept(shown.resolve(folder.relativize(file)))) {
          Files.delete(file);
        }
      }
    }
  }

  /** Keycloak's own data holds the passwords of a suite that is gone. */
  private static boolean kept(Path file) {
    boolean below = KEPT.stream().anyMatch(kept -> file.startsWith(kept) || kept.startsWith(file));
    return below && !file.startsWith(DATA.resolve("keycloak/data"));
  }
}

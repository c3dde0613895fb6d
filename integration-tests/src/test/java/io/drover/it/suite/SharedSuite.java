package io.drover.it.suite;

import io.drover.it.ProjectFiles;
import io.drover.standalone.cluster.ClusterOptions;
import io.drover.standalone.cluster.Guests;
import io.drover.standalone.cluster.Ports;
import io.drover.standalone.cluster.StandaloneCluster;
import io.drover.standalone.cluster.StartProgress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
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

  private static @Nullable Running running;
  private static @Nullable AssertionError failure;

  /** The one suite of this JVM. */
  private static final class Running {
    private final Ports ports;
    private @Nullable RunningSuite suite;

    Running() throws Exception {
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
      new SuiteData(DATA).clear();
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

    void close() {
      running().suite().close();
      Guests.under(DATA).forEach(ProcessHandle::destroyForcibly);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    shared();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == RunningSuite.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return shared().running();
  }

  /** Ends with the JVM: where several run, each class of tests is a run of JUnit of its own. */
  private static synchronized Running shared() {
    if (failure != null) {
      throw failure;
    }
    if (running == null) {
      try {
        Running started = new Running();
        Runtime.getRuntime().addShutdownHook(new Thread(started::close, "suite-end"));
        running = started;
      } catch (Exception e) {
        failure = new AssertionError("The suite does not start; see " + DATA.resolve("logs"), e);
        throw failure;
      }
    }
    return running;
  }
}

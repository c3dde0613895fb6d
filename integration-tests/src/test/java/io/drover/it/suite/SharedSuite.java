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

  private static @Nullable RunningSuite running;
  private static @Nullable AssertionError failure;

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
    return shared();
  }

  /** Ends with the JVM: where several run, each class of tests is a run of JUnit of its own. */
  private static synchronized RunningSuite shared() {
    if (failure != null) {
      throw failure;
    }
    if (running == null) {
      try {
        running = start();
      } catch (Exception e) {
        failure = new AssertionError("The suite does not start; see " + DATA.resolve("logs"), e);
        throw failure;
      }
    }
    return running;
  }

  private static RunningSuite start() throws Exception {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    new SuiteData(DATA).clear();
    ClusterOptions options =
        new ClusterOptions(ProjectFiles.root(), DATA, Ports.free()).withoutClassArchives();
    RunningSuite started = RunningSuite.of(StandaloneCluster.start(options, StartProgress.SILENT));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(started), "suite-end"));
    started.awaitHost();
    return started;
  }

  private static void end(RunningSuite suite) {
    suite.suite().close();
    Guests.under(DATA).forEach(ProcessHandle::destroyForcibly);
  }
}

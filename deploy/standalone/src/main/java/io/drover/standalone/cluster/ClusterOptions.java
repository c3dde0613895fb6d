package io.drover.standalone.cluster;

import io.drover.contracts.message.SecretText;
import io.drover.standalone.trace.TraceSink;
import java.nio.file.Path;

/**
 * How to start the suite.
 *
 * @param checkout the folder of the built project: services, realm and topic files are found there
 * @param data everything that is kept lies under it
 * @param ports which part listens where
 * @param settings what the services are set to beyond what the suite decides
 */
public record ClusterOptions(Path checkout, Path data, Ports ports, OperatorSettings settings) {
  private static final long TRACE_BYTES = 64L * 1024 * 1024;

  /** A suite whose services have their default settings. */
  public ClusterOptions(Path checkout, Path data, Ports ports) {
    this(checkout, data, ports, OperatorSettings.NONE);
  }

  /** The running JVM's launcher also starts the services. */
  Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  Path quarkusApp(String module) {
    return checkout.resolve(module).resolve("target/quarkus-app");
  }

  Path logs() {
    return data.resolve("logs");
  }

  /** What the receiver of traces keeps, and of whom. */
  TraceSink.Settings traces(SecretText token) {
    return new TraceSink.Settings(
        data.resolve("traces"), ports.of(Ports.Part.TRACES), TRACE_BYTES, token);
  }

  Path run() {
    return data.resolve("run");
  }
}

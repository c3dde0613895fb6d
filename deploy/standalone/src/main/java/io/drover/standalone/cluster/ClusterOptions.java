package io.drover.standalone.cluster;

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

  Path run() {
    return data.resolve("run");
  }
}

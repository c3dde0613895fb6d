package io.drover.standalone.cluster;

import io.drover.contracts.message.SecretText;
import io.drover.standalone.trace.TraceSink;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How to start the suite.
 *
 * @param checkout the folder of the built project: services, realm and topic files are found there
 * @param data everything that is kept lies under it
 * @param ports which part listens where
 * @param settings what the services are set to beyond what the suite decides
 * @param hosts how many agents, from 1 to {@link #MAX_HOSTS}
 * @param keepsClasses whether each part writes its classes to an archive at its first end, for
 *     faster starts; that end takes it some seconds longer
 */
public record ClusterOptions(
    Path checkout,
    Path data,
    Ports ports,
    OperatorSettings settings,
    int hosts,
    boolean keepsClasses) {
  /** More would not fit on one machine. */
  public static final int MAX_HOSTS = 9;

  private static final long TRACE_BYTES = 64L * 1024 * 1024;

  public ClusterOptions {
    if (hosts < 1 || hosts > MAX_HOSTS) {
      throw new IllegalArgumentException("A suite has 1 to " + MAX_HOSTS + " hosts, not " + hosts);
    }
  }

  /** A suite of one host, whose services have their default settings. */
  public ClusterOptions(Path checkout, Path data, Ports ports) {
    this(checkout, data, ports, OperatorSettings.NONE, 1, true);
  }

  /** The same for a suite that is not worth archives, as its data begin empty each time. */
  public ClusterOptions withoutClassArchives() {
    return new ClusterOptions(checkout, data, ports, settings, hosts, false);
  }

  Optional<Path> archives() {
    return keepsClasses ? Optional.of(data.resolve("cds")) : Optional.empty();
  }

  List<ClusterHost> clusterHosts() {
    return IntStream.rangeClosed(1, hosts).mapToObj(ClusterHost::new).toList();
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

package io.drover.bench;

import io.drover.standalone.cluster.ClusterOptions;
import io.drover.standalone.cluster.Ports;
import io.drover.standalone.cluster.StandaloneCluster;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * A suite on free ports, which ends with its input. Arguments: the checkout, a data folder of its
 * own. Once the suite is ready, one line of its output names the gateway, the login server, and
 * olga's password.
 */
final class SuiteProgram {
  private SuiteProgram() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    ClusterOptions options =
        new ClusterOptions(Path.of(arguments[0]), Path.of(arguments[1]), Ports.free());
    try (StandaloneCluster suite =
        StandaloneCluster.start(
            options,
            (part, took) -> System.err.printf("  %-16s %5d ms%n", part, took.toMillis()))) {
      System.out.printf(
          "%s %s %s%n",
          suite.gatewayUrl(), suite.keycloak().realmUrl(), suite.credentials().of("olga"));
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
